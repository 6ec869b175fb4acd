using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An operator that tells something about pairs of elements, broadcast by NumPy's rule.</summary>
internal abstract class PredicateOperator : Operator
{
    public override int MinimumInputs => 2;

    /// <summary>The element types it tells something about.</summary>
    protected abstract ReadOnlySpan<ElementType> Allowed { get; }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(0, Allowed);
        context.RequireSame(1, 0);
        return [new TensorType(ElementType.Bool, Broadcasting.Combine(context, 0, 1))];
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => LegacyBroadcast.Adapt(node, opset, builder);

    /// <summary>The forward for one type of elements and one rule.</summary>
    protected static Action Pairs<T, TRule>(KernelContext context)
        where T : unmanaged
        where TRule : IRule<T>
    {
        var loop = BroadcastLoop.For(context.OutputShape(), context.InputShape(0), context.InputShape(1));
        var (x, y, z) = (context.Input<T>(0), context.Input<T>(1), context.Output<bool>());
        (int stepX, int stepY) = (loop.Advances(0) ? 1 : 0, loop.Advances(1) ? 1 : 0);
        return () =>
        {
            for (int run = 0; run < loop.Outer; run++)
            {
                var a = x.Span[loop.Offset(0, run)..];
                var b = y.Span[loop.Offset(1, run)..];
                var c = z.Span.Slice(run * loop.Inner, loop.Inner);
                for (int i = 0; i < c.Length; i++)
                {
                    c[i] = TRule.Holds(a[i * stepX], b[i * stepY]);
                }
            }
        };
    }

    /// <summary>What is told about one pair.</summary>
    protected interface IRule<T>
    {
        static abstract bool Holds(T x, T y);
    }
}
