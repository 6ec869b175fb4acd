using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Puts in axes of extent 1 at the places, counted in the result, that the second input lists.</summary>
internal sealed class Unsqueeze : ViewOperator
{
    public override string Name => "Unsqueeze";

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("in front", Sample.Values(1, 3, 2), Tensor.Vector(0L));
            yield return new("two, unsorted", Sample.Values(2, 3, 2), Tensor.Vector(-1L, 1L));
            yield return new("scalar", Sample.Values(3), Tensor.Vector(0L));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var input = context.Input(0);
        var axes = context.Longs(1);
        if (!input.HasRank || axes.IsDefault)
        {
            return [new TensorType(input.Element, default)];
        }

        bool[] flags = Axes.Flags(context, axes, input.Rank + axes.Length);
        var dimensions = ImmutableArray.CreateBuilder<Dimension>(flags.Length);
        int next = 0;
        foreach (bool isNew in flags)
        {
            dimensions.Add(isNew ? 1 : input.Dimensions[next++]);
        }

        return [new TensorType(input.Element, dimensions.ToImmutable())];
    }

    // Only a scalar becomes a list; a longer list becomes a matrix, which is no shape.
    public override ImmutableArray<ShapeElement> InferElements(ShapeContext context) =>
        context.Elements(0) is { IsDefault: false, Length: 1 } elements && context.Input(0) is { HasRank: true, Rank: 0 } ? elements : default;

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) =>
        opset < 13 ? Axes.ToInput(node, "axes", 1, builder) : node;
}
