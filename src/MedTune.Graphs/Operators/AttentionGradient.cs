using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradients of Q, K and V of an Attention in the form [batch, heads, length, width] (inputs 0 to 2), and of its mask (input 6, perhaps left out) as if it
/// were not broadcast. Input 3 says how many keys are from the past; inputs 4 and 5 are the result and the gradient that arrives at it. The weights are computed again.
/// </summary>
internal sealed class AttentionGradient : Operator
{
    public override string Name => "AttentionGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 6;

    public override int MaximumInputs => 7;

    public override int MaximumOutputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            ImmutableArray<Tensor?> operands = [Sample.Within(2, 1, 1, 2, 3, 2), Sample.Within(2, 2, 1, 1, 4, 2), Sample.Within(2, 3, 1, 1, 4, 3), Sample.Within(2, 4, 3, 4)];
            yield return new("added mask", [.. operands[..3], Tensor.Vector(0L), ResultOf(operands), Sample.Within(2, 5, 1, 2, 3, 3), operands[3]]) { Outputs = 4, FloatTolerance = 2e-5 };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var q = context.Require(0, ElementType.Float, ElementType.Double);
        var scores = q.HasRank && context.Input(1).HasRank ? q.Dimensions.SetItem(3, context.Input(1).Dimensions[2]) : default;
        return [q, context.Input(1), context.Input(2), q with { Dimensions = scores }];
    }

    public override Action Compile(KernelContext context)
    {
        var (q, k, v) = (context.InputShape(0), context.InputShape(1), context.InputShape(2));
        var sizes = new AttentionSizes(q[0], q[1], k[1], q[2], k[2], (int)context.Longs(3)[0], q[3], v[3]);
        return context.ElementOf(0) switch
        {
            ElementType.Float => new AttentionGradientKernel(context, sizes).Run,
            ElementType.Double => new AttentionGradientReference(context, sizes).Run,
            var other => throw context.Unsupported(other),
        };
    }

    /// <summary>What the forward gives, since the result must belong to its operands.</summary>
    private static Tensor ResultOf(ImmutableArray<Tensor?> operands)
    {
        ImmutableArray<TensorType> types = [.. operands.Select(operand => TensorType.Of(operand!))];
        var result = types[0] with { Dimensions = types[0].Dimensions.SetItem(3, types[2].Dimensions[3]) };
        return NodeEvaluation.Run(new Node("Attention", ["q", "k", "v", "mask"], ["y"], Attributes.None), operands, types, [result])[0];
    }
}
