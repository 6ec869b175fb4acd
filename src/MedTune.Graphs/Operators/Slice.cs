using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Elements from <c>starts</c> up to, not including, <c>ends</c>, in <c>steps</c>, along <c>axes</c>. What lies outside is left out; negative places count from the end.</summary>
internal sealed class Slice : MovementOperator
{
    public override string Name => "Slice";

    public override int MinimumInputs => 3;

    public override int MaximumInputs => 5;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("all axes", Sample.Values(1, 4, 5), List(1, 0), List(3, 9));
            yield return new("named axis", Sample.Values(2, 4, 5), List(-3), List(-1), List(1));
            yield return new("steps", Sample.Values(3, 4, 5), List(0, 1), List(4, 5), List(0, 1), List(2, 3));
            yield return new("backwards", Sample.Values(4, 4, 5), List(-1), List(long.MinValue), List(1), List(-2));
            yield return new("empty", Sample.Values(5, 4, 5), List(3), List(2), List(0)) { GradientInputs = [] };
            yield return new("text", Tensor.Vector("a", "b", "c"), List(1), List(3));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var input = context.Input(0);
        if (!input.HasRank)
        {
            return [input];
        }

        var part = SlicePart.For(context);
        return [new TensorType(input.Element, part is null ? [.. Enumerable.Repeat(Dimension.Unknown, input.Rank)] : part.Dimensions)];
    }

    public override ImmutableArray<ShapeElement> InferElements(ShapeContext context)
    {
        var elements = context.Elements(0);
        if (elements.IsDefault || context.Input(0) is not { HasRank: true, Rank: 1 } || SlicePart.For(context) is not { IsConcrete: true } part)
        {
            return default;
        }

        var (start, step) = (part.Starts[0], part.Steps[0]);
        return [.. Enumerable.Range(0, part.Dimensions[0].Value!.Value).Select(i => elements[start + (i * step)])];
    }

    public override void Gradient(GradientContext context)
    {
        var inputs = new Value[context.InputCount + 1];
        inputs[0] = context.OutputGradient();
        for (int i = 0; i < context.InputCount; i++)
        {
            inputs[i + 1] = context.Has(i) ? context.Input(i) : default;
        }

        context.Set(0, context.Builder.Append("SliceGradient", inputs, domain: InternalDomain));
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) =>
        opset >= 10 ? node : Axes.ToInput(Axes.ToInput(Axes.ToInput(node, "starts", 1, builder), "ends", 2, builder), "axes", 3, builder);

    protected override Action Compile<T>(Places<T> places)
    {
        var walk = SlicePart.Walk(places.Context, 0, places.Context.InputShape(0));
        var (x, y) = (places.Input(), places.Output());
        return () => walk.Gather(x(), y());
    }

    private static Tensor<long> List(params long[] values) => Tensor.Vector(values);
}
