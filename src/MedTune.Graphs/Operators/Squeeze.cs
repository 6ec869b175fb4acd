using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Takes out axes of extent 1: those the second input lists, or all of them.</summary>
internal sealed class Squeeze : ViewOperator
{
    public override string Name => "Squeeze";

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("listed", Sample.Values(1, 1, 3, 1, 2), Tensor.Vector(0L));
            yield return new("from the end", Sample.Values(2, 1, 3, 1, 2), Tensor.Vector(-2L));
            yield return new("all", Sample.Values(3, 1, 3, 1, 2));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var input = context.Input(0);
        var axes = context.Longs(1);
        if (!input.HasRank || (context.Has(1) && axes.IsDefault) || (!context.Has(1) && input.Dimensions.Any(dimension => dimension.Value is null)))
        {
            return [new TensorType(input.Element, default)];
        }

        bool[] flags = context.Has(1) ? Axes.Flags(context, axes, input.Rank) : [.. input.Dimensions.Select(dimension => dimension.Value == 1)];
        var kept = ImmutableArray.CreateBuilder<Dimension>();
        for (int axis = 0; axis < flags.Length; axis++)
        {
            if (!flags[axis])
            {
                kept.Add(input.Dimensions[axis]);
            }
            else if (input.Dimensions[axis].Value is int extent and not 1)
            {
                throw context.Error(string.Create(CultureInfo.InvariantCulture, $"axis {axis} has extent {extent}; only extents of 1 can be taken out."));
            }
        }

        return [new TensorType(input.Element, kept.ToImmutable())];
    }

    public override ImmutableArray<ShapeElement> InferElements(ShapeContext context) => context.Elements(0);

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) =>
        opset < 13 ? Axes.ToInput(node, "axes", 1, builder) : node;
}
