using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Dropout while training: inputs are x, seed and step (Int64 scalars), attributes ratio and key (which Dropout of the graph it is).
/// Element i is 0 where the draw (seed, key, step, i) is below the ratio, else x / (1 - ratio). The mask is never stored: the gradient draws it again.
/// </summary>
internal sealed class RandomDropout : Operator
{
    public override string Name => "RandomDropout";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override bool CanFold => false;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var (seed, step) = (Tensor.Scalar(7L), Tensor.Scalar(3L));
            yield return new("nothing dropped", Sample.Values(1, 3, 5), seed, step) { Attributes = Attributes.None.With("ratio", 0f) };
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(2, length), seed, step) { HasGolden = false, Attributes = Attributes.None.With("ratio", 0.25f).With("key", 5) };
            }
        }
    }

    public override bool CanOverwrite(ShapeContext context, int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(1, ElementType.Int64);
        context.Require(2, ElementType.Int64);
        float ratio = context.Attributes.Float("ratio", 0.5f);
        return ratio is >= 0 and < 1
            ? [context.Require(0, ElementType.Float, ElementType.Double)]
            : throw context.Error($"its ratio is {ratio}; at least 0 and below 1 was expected.");
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context) => context.Set(0, context.Builder.Append(
        Name, [context.OutputGradient(), context.Input(1), context.Input(2)], context.Attributes, InternalDomain));

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var (x, seed, step, y) = (context.Input<T>(0), context.Input<long>(1), context.Input<long>(2), context.Output<T>());
        var draws = context.Scratch<float>(x.Length);
        float ratio = context.Attributes.Float("ratio", 0.5f);
        T scale = T.One / (T.One - T.CreateChecked(ratio));
        ulong key = (ulong)context.Attributes.Int("key", 0) << 48;
        return Chunks.Over(context.Pool, x.Length, (start, length) =>
        {
            var drawn = draws.Span.Slice(start, length);
            new Philox((ulong)seed[0], RandomPurpose.Dropout, key | (ulong)step[0]).FillUniform((ulong)start, drawn);
            var source = x.Span.Slice(start, length);
            var destination = y.Span.Slice(start, length);
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = drawn[i] < ratio ? T.Zero : source[i] * scale;
            }
        });
    }
}
