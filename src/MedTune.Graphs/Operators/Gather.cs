using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The slices of the first input along <c>axis</c> that the second input names: rows of a table of embeddings, for one.</summary>
internal sealed class Gather : MovementOperator
{
    public override string Name => "Gather";

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("rows", Sample.Values(1, 4, 3), Tensor.Create(new Shape(2, 3), [0L, 3, -1, 1, 1, -4])) { ConstantInputs = [] };
            yield return new("columns", Sample.Values(2, 3, 4), Tensor.Vector(3L, 0L, 3L)) { ConstantInputs = [], Attributes = Attributes.None.With("axis", -1) };
            yield return new("one", Sample.Values(3, 3, 4), Tensor.Scalar(2)) { ConstantInputs = [] };
            yield return new("many samples", Sample.Values(4, 5, 2), Sample.Longs(-5, 4, 5, 19, 2)) { ConstantInputs = [] };
            yield return new("text", Tensor.Vector("a", "b"), Tensor.Vector(1L, 1L, 0L)) { ConstantInputs = [] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(1, ElementType.Int64, ElementType.Int32);
        var (data, indices) = (context.Input(0), context.Input(1));
        if (!data.HasRank || !indices.HasRank)
        {
            return [new TensorType(data.Element, default)];
        }

        int axis = context.Axis(context.Attributes.Int("axis", 0), data.Rank);
        return [new TensorType(data.Element, [.. data.Dimensions[..axis], .. indices.Dimensions, .. data.Dimensions[(axis + 1)..]])];
    }

    public override ImmutableArray<ShapeElement> InferElements(ShapeContext context)
    {
        var elements = context.Elements(0);
        var indices = context.Longs(1);
        if (elements.IsDefault || indices.IsDefault || context.Input(0) is not { HasRank: true, Rank: 1 } || context.Input(1) is not { HasRank: true, Rank: <= 1 })
        {
            return default;
        }

        return indices.Length <= ShapeContext.LongestShape && indices.All(index => index >= -elements.Length && index < elements.Length)
            ? [.. indices.Select(index => elements[(int)(index < 0 ? index + elements.Length : index)])]
            : default;
    }

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append(
            "GatherGradient",
            [context.OutputGradient(), context.Input(1), context.Input(0)],
            Attributes.None.With("axis", context.Attributes.Int("axis", 0)),
            InternalDomain));

    protected override Action Compile<T>(Places<T> places)
    {
        var context = places.Context;
        var shape = context.InputShape(0);
        int axis = (int)context.Attributes.Int("axis", 0);
        axis = axis < 0 ? axis + shape.Rank : axis;
        int extent = shape[axis];
        int width = new Shape(shape.Extents[(axis + 1)..]).Length;
        int blocks = new Shape(shape.Extents[..axis]).Length;
        var indices = new Indices(context, 1, extent);
        var (x, y) = (places.Input(), places.Output());
        return () =>
        {
            ReadOnlySpan<T> source = x();
            Span<T> destination = y();
            int count = indices.Length;
            for (int i = 0; i < count; i++)
            {
                int place = indices[i];
                for (int block = 0; block < blocks; block++)
                {
                    source.Slice(((block * extent) + place) * width, width).CopyTo(destination[(((block * count) + i) * width)..]);
                }
            }
        };
    }
}
