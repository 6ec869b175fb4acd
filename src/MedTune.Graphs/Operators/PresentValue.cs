using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <summary>What makes an optional value of a tensor, or takes the tensor out: an optional value that is there is the tensor itself here, and one that is not cannot be made.</summary>
internal abstract class PresentValue : ViewOperator
{
    public override int SinceOpset => 15;

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("numbers", Sample.Values(1, 3, 5));
            yield return new("whole numbers", Sample.Longs(-9, 9, 2, 4));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Input(0)];

    public override ImmutableArray<ShapeElement> InferElements(ShapeContext context) => context.Elements(0);

    public override void Gradient(GradientContext context) => context.Set(0, context.OutputGradient());
}
