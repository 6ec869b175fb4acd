using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient of the logistic loss by the logits: dy · (sigmoid(z) - t), times the weight. Inputs are dy, z, t and optional weights, of one shape.</summary>
internal sealed class BinaryCrossEntropyWithLogitsGradient : Operator
{
    public override string Name => "BinaryCrossEntropyWithLogitsGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override int MaximumInputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("plain", Sample.Values(1, 9, 1), Sample.Within(6f, 2, 9, 1), Sample.Positive(1, 3, 9, 1));
            yield return new("weights", Sample.Values(4, 9), Sample.Within(6f, 5, 9), Sample.Positive(1, 6, 9), Sample.Positive(2, 7, 9));
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(8, length), Sample.Within(6f, 9, length), Sample.Positive(1, 10, length)) { HasGolden = false };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        BinaryCrossEntropyWithLogits.RequireOneShape(context);
        return [context.Require(0, ElementType.Float, ElementType.Double)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, z => ElementWise.Map<SigmoidKernel>(z, z)),
        ElementType.Double => Compile<double>(context, z =>
        {
            foreach (ref double value in z)
            {
                value = DoubleMath.Sigmoid(value);
            }
        }),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context, Action<Span<T>> sigmoid)
        where T : unmanaged, INumber<T>
    {
        var (dy, z, t, dz) = (context.Input<T>(0), context.Input<T>(1), context.Input<T>(2), context.Output<T>());
        var w = context.Has(3) ? context.Input<T>(3) : default;
        return () =>
        {
            var targets = t.Span;
            var arriving = dy.Span;
            var result = dz.Span;
            z.Span.CopyTo(result);
            sigmoid(result);
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = arriving[i] * (result[i] - targets[i]);
            }

            var weights = w.Span;
            for (int i = 0; i < weights.Length; i++)
            {
                result[i] *= weights[i];
            }
        };
    }
}
