using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The sum (with mean = 1 the mean) of every element as a scalar; over the first axis, the samples, in shards (<see cref="SampleShards"/>).</summary>
internal sealed class SumOverSamples : Operator
{
    public override string Name => "SumOverSamples";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var mean = Attributes.None.With("mean", 1);
            yield return new("column", Sample.Values(1, 19, 1));
            yield return new("mean", Sample.Values(2, 21)) { Attributes = mean };
            yield return new("matrix", Sample.Values(3, 11, 3)) { Attributes = mean };
            yield return new("few samples", Sample.Values(4, 3));
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(5, length)) { HasGolden = false, FloatTolerance = 1e-5 };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [new TensorType(context.Require(0, ElementType.Float, ElementType.Double).Element, [])];

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, Reductions.Sum),
        ElementType.Double => Compile<double>(context, Reductions.Sum),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context) => context.Set(0, context.Builder.Append(
        "Spread", [context.OutputGradient(), context.Input(0)], context.Attributes.With("keepdims", 0), InternalDomain));

    private static Action Compile<T>(KernelContext context, Func<ReadOnlySpan<T>, T> sum)
        where T : unmanaged, INumber<T>
    {
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        int batch = context.InputShape(0).Rank == 0 ? 1 : context.InputShape(0)[0];
        var partial = context.Scratch<T>(SampleShards.Count);
        T divisor = context.Attributes.Int("mean", 0) == 1 ? T.CreateChecked(x.Length) : T.One;
        return () => y[0] = SampleShards.Sum(x.Span, batch, partial.Span, sum) / divisor;
    }
}
