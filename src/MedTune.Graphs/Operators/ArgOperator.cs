using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Where along <c>axis</c> (0 by default) the best element is, as Int64; the first of equals, or the last with <c>select_last_index</c>.
/// As in NumPy, NaN is better than any number.
/// </summary>
internal abstract class ArgOperator : Operator
{
    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("first axis", Sample.Values(1, 3, 5));
            yield return new("last axis", Sample.Values(2, 3, 5)) { Attributes = Attributes.None.With("axis", -1).With("keepdims", 0) };
            yield return new("middle axis", Sample.Values(3, 2, 4, 3)) { Attributes = Attributes.None.With("axis", 1) };
            yield return new("first of equals", Tensor.Vector(1f, 3f, -2f, 3f, -2f));
            yield return new("last of equals", Tensor.Vector(1f, 3f, -2f, 3f, -2f)) { Attributes = Attributes.None.With("select_last_index", 1) };
            yield return new("not a number", Tensor.Vector(1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity));
            yield return new("whole numbers", Sample.Longs(-5, 5, 4, 3, 4)) { Attributes = Attributes.None.With("axis", 1) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var input = context.Require(
            0, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32, ElementType.Int8, ElementType.UInt8);
        if (!input.HasRank)
        {
            return [new TensorType(ElementType.Int64, default)];
        }

        int axis = context.Axis(context.Attributes.Int("axis", 0), input.Rank);
        if (input.Dimensions[axis].Value == 0)
        {
            throw context.Error("the axis it looks along has no elements.");
        }

        return [new TensorType(ElementType.Int64, context.Attributes.Int("keepdims", 1) != 0 ? input.Dimensions.SetItem(axis, 1) : input.Dimensions.RemoveAt(axis))];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        ElementType.Int64 => Compile<long>(context),
        ElementType.Int32 => Compile<int>(context),
        ElementType.Int8 => Compile<sbyte>(context),
        ElementType.UInt8 => Compile<byte>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>Whether x beats y, neither being NaN.</summary>
    protected abstract bool IsBetter<T>(T x, T y)
        where T : INumber<T>;

    private Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(0);
        int axis = (int)context.Attributes.Int("axis", 0);
        axis = axis < 0 ? axis + shape.Rank : axis;
        bool last = context.Attributes.Int("select_last_index", 0) != 0;
        int extent = shape[axis];
        int step = new Shape(shape.Extents[(axis + 1)..]).Length;
        var (x, y) = (context.Input<T>(0), context.Output<long>());
        return () =>
        {
            ReadOnlySpan<T> source = x.Span;
            Span<long> destination = y.Span;
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = Best(source[(((i / step) * extent * step) + (i % step))..], extent, step, last);
            }
        };
    }

    private int Best<T>(ReadOnlySpan<T> line, int extent, int step, bool last)
        where T : INumber<T>
    {
        int best = 0;
        for (int i = 1; i < extent; i++)
        {
            var (challenger, champion) = (line[i * step], line[best * step]);
            bool isTie = challenger == champion || (T.IsNaN(challenger) && T.IsNaN(champion));
            bool wins = T.IsNaN(challenger) ? !T.IsNaN(champion) : !T.IsNaN(champion) && IsBetter(challenger, champion);
            best = wins || (isTie && last) ? i : best;
        }

        return best;
    }
}
