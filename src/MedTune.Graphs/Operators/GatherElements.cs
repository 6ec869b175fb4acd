using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An element of the first input for every index of the second: at the index's own place, except along <c>axis</c>, where the index says the place.</summary>
internal sealed class GatherElements : MovementOperator
{
    public override string Name => "GatherElements";

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("rows", Sample.Values(1, 3, 3), Tensor.Create(new Shape(2, 3), [1L, 2, 0, -1, 0, 0])) { ConstantInputs = [] };
            yield return new("columns", Sample.Values(2, 3, 4), Tensor.Create(new Shape(3, 1), [3L, 0, -2])) { ConstantInputs = [], Attributes = Attributes.None.With("axis", 1) };
            yield return new("three axes", Sample.Values(3, 2, 3, 2), Sample.Longs(-3, 2, 4, 2, 4, 2)) { ConstantInputs = [], Attributes = Attributes.None.With("axis", -2) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(1, ElementType.Int64, ElementType.Int32);
        var (data, indices) = (context.Input(0), context.Input(1));
        if (data.HasRank)
        {
            int axis = context.Axis(context.Attributes.Int("axis", 0), data.Rank);
            CheckFit(context, data, indices, axis);
        }

        return [new TensorType(data.Element, indices.Dimensions)];
    }

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append(
            "GatherElementsGradient",
            [context.OutputGradient(), context.Input(1), context.Input(0)],
            Attributes.None.With("axis", context.Attributes.Int("axis", 0)),
            InternalDomain));

    /// <summary>For every index, where its line along the axis starts; and the step along the axis.</summary>
    internal static (int[] Starts, int Step) Lines(Shape data, Shape indices, int axis)
    {
        int[] strides = StridedCopy.Strides(data);
        int step = strides[axis];
        strides[axis] = 0;
        var starts = new int[indices.Length];
        var counters = new int[indices.Rank];
        int place = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = place;
            for (int d = counters.Length - 1; d >= 0; d--)
            {
                place += strides[d];
                if (++counters[d] < indices[d])
                {
                    break;
                }

                place -= indices[d] * strides[d];
                counters[d] = 0;
            }
        }

        return (starts, step);
    }

    protected override Action Compile<T>(Places<T> places)
    {
        var context = places.Context;
        var shape = context.InputShape(0);
        int axis = (int)context.Attributes.Int("axis", 0);
        axis = axis < 0 ? axis + shape.Rank : axis;
        var (starts, step) = Lines(shape, context.InputShape(1), axis);
        var indices = new Indices(context, 1, shape[axis]);
        var (x, y) = (places.Input(), places.Output());
        return () =>
        {
            Span<T> source = x();
            Span<T> destination = y();
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = source[starts[i] + (indices[i] * step)];
            }
        };
    }

    private static void CheckFit(ShapeContext context, TensorType data, TensorType indices, int axis)
    {
        if (!indices.HasRank)
        {
            return;
        }

        if (indices.Rank != data.Rank)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its indices have rank {indices.Rank}; the elements have rank {data.Rank}."));
        }

        for (int i = 0; i < data.Rank; i++)
        {
            if (i != axis && indices.Dimensions[i].Value > data.Dimensions[i].Value)
            {
                throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its indices reach beyond the elements at axis {i}."));
            }
        }
    }
}
