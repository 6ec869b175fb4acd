using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The tensors of a sequence one after another along <c>axis</c>, or along a new axis there when <c>new_axis</c> is 1.</summary>
internal sealed class ConcatFromSequence : DynamicOperator
{
    public override string Name => "ConcatFromSequence";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 1;

    public override bool TakesSequence(int input) => true;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [new TensorType(Sequences.Require(context, 0).Element, default)];

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context)
    {
        var items = Sequences.Items(context, 0);
        if (items.Count == 0)
        {
            throw context.Error("its sequence is empty; there is nothing to put together.");
        }

        context.CheckBytes(Sequences.Bytes(items));
        long axis = context.Attributes.Int("axis", 0);
        bool isNew = context.Attributes.Int("new_axis", 0) == 1;
        var parts = items.Select(item => isNew ? context.Apply("Unsqueeze", Attributes.None, item, Tensor.Vector(axis)) : item).ToArray();
        return [RuntimeValue.Of(context.Apply("Concat", Attributes.None.With("axis", axis), parts), context.Input(0).Type.Element)];
    }
}
