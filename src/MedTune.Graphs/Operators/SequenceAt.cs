using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The tensor at a place of a sequence; a negative place counts from the end.</summary>
internal sealed class SequenceAt : DynamicOperator
{
    public override string Name => "SequenceAt";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 2;

    public override bool TakesSequence(int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(1, ElementType.Int64, ElementType.Int32);
        return [new TensorType(Sequences.Require(context, 0).Element, default)];
    }

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context)
    {
        var items = Sequences.Items(context, 0);
        return [RuntimeValue.Of(items[Sequences.Place(context, 1, items.Count)], context.Input(0).Type.Element)];
    }
}
