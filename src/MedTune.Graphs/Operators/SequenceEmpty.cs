using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A sequence without elements, of the element type that <c>dtype</c> numbers (Float by default).</summary>
internal sealed class SequenceEmpty : DynamicOperator
{
    public override string Name => "SequenceEmpty";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        long type = context.Attributes.Int("dtype", (long)ElementType.Float);
        return type is 1 or 2 or 3 or 6 or 7 or 8 or 9 or 11
            ? [Sequences.Of((ElementType)type)]
            : throw context.Error($"its element type {type} is not supported.");
    }

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context) =>
        [RuntimeValue.Of([], (ElementType)context.Attributes.Int("dtype", (long)ElementType.Float))];
}
