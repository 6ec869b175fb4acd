using System.Collections.Immutable;
using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>A sequence of the inputs, in order.</summary>
internal sealed class SequenceConstruct : DynamicOperator
{
    public override string Name => "SequenceConstruct";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 1;

    public override int MaximumInputs => int.MaxValue;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        for (int i = 1; i < context.InputCount; i++)
        {
            context.RequireSame(i, 0);
        }

        return [Sequences.Of(context.Input(0).Element)];
    }

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context) =>
        [RuntimeValue.Of([.. Enumerable.Range(0, context.InputCount).Select(i => context.Input(i).Tensor)], context.Input(0).Type.Element)];
}
