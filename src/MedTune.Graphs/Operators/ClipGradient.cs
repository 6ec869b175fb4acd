using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient that passes a Clip: dy where the Clip's output y lies between its bounds (inputs 2 and 3, both optional), else 0.</summary>
internal sealed class ClipGradient : Operator
{
    public override string Name => "ClipGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var (lowest, highest) = (Tensor.Scalar(-0.5f), Tensor.Scalar(0.75f));
            yield return new("both", Sample.Values(1, 3, 7), Sample.Values(2, 3, 7), lowest, highest);
            yield return new("lowest", Sample.Values(3, 7), Sample.Values(4, 7), lowest);
            yield return new("highest", Sample.Values(5, 7), Sample.Values(6, 7), null, highest);
        }
    }

    public override bool CanOverwrite(ShapeContext context, int input) => input is 0 or 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double);
        for (int input = 1; input < 4; input++)
        {
            if (context.Has(input))
            {
                context.RequireSame(input, 0);
            }
        }

        return [type];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => CompileFloat(context),
        ElementType.Double => CompileDouble(context),
        var other => throw context.Unsupported(other),
    };

    private static Action CompileFloat(KernelContext context)
    {
        var (dy, y, dx) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>());
        var lowest = context.Has(2) ? context.Input<float>(2) : default;
        var highest = context.Has(3) ? context.Input<float>(3) : default;
        return Execution.Chunks.Over(context.Pool, dx.Length, (start, length) => ElementWise.WithinBounds(
            dy.Span.Slice(start, length),
            y.Span.Slice(start, length),
            lowest.Length > 0 ? lowest[0] : float.NegativeInfinity,
            highest.Length > 0 ? highest[0] : float.PositiveInfinity,
            dx.Span.Slice(start, length)));
    }

    private static Action CompileDouble(KernelContext context)
    {
        var (dy, y, dx) = (context.Input<double>(0), context.Input<double>(1), context.Output<double>());
        var lowest = context.Has(2) ? context.Input<double>(2) : default;
        var highest = context.Has(3) ? context.Input<double>(3) : default;
        return () =>
        {
            for (int i = 0; i < dx.Length; i++)
            {
                bool isWithin = !(lowest.Length > 0 && y[i] <= lowest[0]) && !(highest.Length > 0 && highest[0] <= y[i]);
                dx[i] = isWithin ? dy[i] : 0;
            }
        };
    }
}
