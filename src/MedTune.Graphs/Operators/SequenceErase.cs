using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A sequence without the tensor at a place (the last by default); a negative place counts from the end.</summary>
internal sealed class SequenceErase : DynamicOperator
{
    public override string Name => "SequenceErase";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 2;

    public override bool TakesSequence(int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        if (context.Has(1))
        {
            context.Require(1, ElementType.Int64, ElementType.Int32);
        }

        return [Sequences.Require(context, 0)];
    }

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context)
    {
        var items = Sequences.Items(context, 0);
        int place = context.Has(1) ? Sequences.Place(context, 1, items.Count) : items.Count - 1;
        return place >= 0 ? [RuntimeValue.Of(items.RemoveAt(place), context.Input(0).Type.Element)] : throw context.Error("its sequence is empty; there is nothing to take out.");
    }
}
