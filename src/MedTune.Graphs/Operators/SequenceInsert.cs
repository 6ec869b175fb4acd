using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A sequence with a tensor more, before a place (at the end by default); a negative place counts from the end.</summary>
internal sealed class SequenceInsert : DynamicOperator
{
    public override string Name => "SequenceInsert";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 3;

    public override bool TakesSequence(int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.RequireSame(1, 0);
        if (context.Has(2))
        {
            context.Require(2, ElementType.Int64, ElementType.Int32);
        }

        return [Sequences.Require(context, 0)];
    }

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context)
    {
        var items = Sequences.Items(context, 0);
        var tensor = context.Input(1).Tensor;
        context.CheckBytes(Sequences.Bytes(items.Add(tensor)));
        long place = context.Has(2) ? context.Number(2) : items.Count;
        return place >= -items.Count && place <= items.Count
            ? [RuntimeValue.Of(items.Insert((int)(place < 0 ? place + items.Count : place), tensor), context.Input(0).Type.Element)]
            : throw context.Error($"its position {place} lies outside a sequence of {items.Count}.");
    }
}
