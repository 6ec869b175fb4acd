using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>How many tensors a sequence has.</summary>
internal sealed class SequenceLength : DynamicOperator
{
    public override string Name => "SequenceLength";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 1;

    public override bool TakesSequence(int input) => true;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        Sequences.Require(context, 0);
        return [new TensorType(ElementType.Int64, [])];
    }

    public override ImmutableArray<RuntimeValue> Evaluate(DynamicContext context) => [RuntimeValue.Of(Tensor.Scalar((long)Sequences.Items(context, 0).Count))];
}
