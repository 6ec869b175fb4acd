using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The input itself.</summary>
internal sealed class Identity : ViewOperator
{
    public override string Name => "Identity";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("matrix", Sample.Values(1, 3, 5));
            yield return new("whole numbers", Sample.Longs(-9, 9, 2, 4));
            yield return new("text", Tensor.Vector("a", string.Empty, "名"));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Input(0)];

    public override ImmutableArray<ShapeElement> InferElements(ShapeContext context) => context.Elements(0);

    public override void Gradient(GradientContext context) => context.Set(0, context.OutputGradient());
}
