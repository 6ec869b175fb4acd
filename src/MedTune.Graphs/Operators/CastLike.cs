using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The first input as the element type of the second, by the rules of Cast.</summary>
internal sealed class CastLike : Operator
{
    private static readonly Cast Rules = new();

    public override string Name => "CastLike";

    public override int SinceOpset => 15;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("float to float", Sample.Values(1, 3, 2), Sample.Values(2, 1)) { GradientInputs = [0] };
            yield return new("whole numbers to float", Sample.Longs(-5, 5, 3, 4), Sample.Values(4, 1)) { GradientInputs = [] };
            yield return new("float to whole numbers", Tensor.Vector(1.5f, -1.5f, 0f, 300.75f), Tensor.Vector(1L)) { GradientInputs = [] };
        }
    }

    public override bool ReadsValues(int input) => input == 0;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) =>
        [new TensorType(context.Input(1).Element, context.Input(0).Dimensions)];

    public override ImmutableArray<ShapeElement> InferElements(ShapeContext context) =>
        context.Input(1).Element is ElementType.Int64 or ElementType.Int32 ? context.Elements(0) : default;

    public override void Gradient(GradientContext context)
    {
        var input = context.Input(0).Type.Element;
        var gradient = context.OutputGradient();
        context.Set(0, input == gradient.Type.Element ? gradient : context.Builder.Cast(gradient, input));
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => Rules.FromOpset(node, opset, builder);

    public override Action Compile(KernelContext context) => Rules.Compile(context);
}
