using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The logistic loss of each element: w · (log(1 + exp(z)) - t · z) of logits z, targets t (0 to 1, soft ones allowed) and optional weights w, all of one shape.
/// Computed as max(z, 0) - t · z + log(1 + exp(-|z|)), which keeps its digits where the loss is small.
/// </summary>
internal sealed class BinaryCrossEntropyWithLogits : Operator
{
    public override string Name => "BinaryCrossEntropyWithLogits";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("soft targets", Sample.Within(6f, 1, 9, 1), Sample.Positive(1, 2, 9, 1)) { GradientInputs = [0] };
            yield return new("weights", Sample.Within(6f, 3, 9), Sample.Positive(1, 4, 9), Sample.Positive(2, 5, 9)) { GradientInputs = [0] };
            yield return new("large", Sample.Within(90f, 6, 5), Tensor.Vector(0f, 1f, 1f, 0f, 1f)) { GradientInputs = [0] };
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Within(6f, 7, length), Sample.Positive(1, 8, length), Sample.Positive(2, 9, length)) { HasGolden = false, GradientInputs = [0] };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        RequireOneShape(context);
        return [context.Require(0, ElementType.Float, ElementType.Double)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, z =>
        {
            ElementWise.Map<AbsoluteKernel>(z, z);
            ElementWise.Map<NegateKernel>(z, z);
            ElementWise.Map<SoftplusKernel>(z, z);
        }),
        ElementType.Double => Compile<double>(context, z =>
        {
            foreach (ref double value in z)
            {
                value = DoubleMath.Softplus(-Math.Abs(value));
            }
        }),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        if (context.Needs(1) || context.Needs(2))
        {
            throw context.Error("its targets and weights cannot be trained.");
        }

        Value[] values = [context.OutputGradient(), .. Enumerable.Range(0, context.InputCount).Select(context.Input)];
        context.Set(0, context.Builder.Append("BinaryCrossEntropyWithLogitsGradient", values, domain: InternalDomain));
    }

    /// <summary>Refuses inputs of differing shapes.</summary>
    internal static void RequireOneShape(ShapeContext context)
    {
        for (int i = 1; i < context.InputCount; i++)
        {
            context.RequireSame(i, 0);
            var (first, other) = (context.Input(0), context.Input(i));
            bool differs = first.HasRank && other.HasRank &&
                (first.Rank != other.Rank || first.Dimensions.Zip(other.Dimensions).Any(pair => pair.First.Value is int a && pair.Second.Value is int b && a != b));
            if (differs)
            {
                throw context.Error($"its inputs are {first} and {other}; they must have one shape.");
            }
        }
    }

    private static Action Compile<T>(KernelContext context, Action<Span<T>> tail)
        where T : unmanaged, INumber<T>
    {
        var (z, t, y) = (context.Input<T>(0), context.Input<T>(1), context.Output<T>());
        var w = context.Has(2) ? context.Input<T>(2) : default;
        return () =>
        {
            var logits = z.Span;
            var targets = t.Span;
            var loss = y.Span;
            logits.CopyTo(loss);
            tail(loss);
            for (int i = 0; i < loss.Length; i++)
            {
                loss[i] += T.Max(logits[i], T.Zero) - (targets[i] * logits[i]);
            }

            var weights = w.Span;
            for (int i = 0; i < weights.Length; i++)
            {
                loss[i] *= weights[i];
            }
        };
    }
}
