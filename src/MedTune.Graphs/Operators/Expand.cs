using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The input broadcast with a tensor of the shape that the second input lists.</summary>
internal sealed class Expand : MovementOperator
{
    public override string Name => "Expand";

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("new axis", Sample.Values(1, 3, 1), Tensor.Vector(2L, 1L, 4L));
            yield return new("shape is smaller", Sample.Values(2, 3, 4), Tensor.Vector(1L, 1L));
            yield return new("scalar", Sample.Values(3), Tensor.Vector(19L));
            yield return new("text", Tensor.Vector("a", "b"), Tensor.Vector(2L, 2L));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(1, ElementType.Int64);
        var input = context.Input(0);
        var target = context.Elements(1);
        if (!input.HasRank || target.IsDefault)
        {
            return [new TensorType(input.Element, default)];
        }

        var dimensions = ImmutableArray.CreateBuilder<Dimension>(target.Length);
        foreach (var element in target)
        {
            dimensions.Add(element.Value is < 0 or > int.MaxValue
                ? throw context.Error($"its shape asks for an extent of {element.Value}.")
                : element.ToDimension());
        }

        return [new TensorType(input.Element, Broadcasting.Combine(context, input.Dimensions, dimensions.ToImmutable()))];
    }

    public override void Gradient(GradientContext context) => context.SetReduced(0, context.OutputGradient());

    protected override Action Compile<T>(Places<T> places)
    {
        var (shape, target) = (places.Context.InputShape(0), places.Context.OutputShape());
        int[] own = StridedCopy.Strides(shape);
        var strides = new int[target.Rank];
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            strides[target.Rank - shape.Rank + axis] = shape[axis] == 1 ? 0 : own[axis];
        }

        var copy = StridedCopy.For(target.Extents, strides, 0);
        var (x, y) = (places.Input(), places.Output());
        return () => copy.Gather(x(), y());
    }
}
