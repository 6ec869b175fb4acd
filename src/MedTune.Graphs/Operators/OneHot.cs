using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// A new <c>axis</c> (the last by default) as long as the second input says, which holds the second element of the third input at each
/// index and the first everywhere else. Negative indices count from the end; an index outside the axis marks nothing.
/// </summary>
internal sealed class OneHot : MovementOperator
{
    public override string Name => "OneHot";

    public override int MinimumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var values = Tensor.Vector(-1f, 2f);
            yield return new("last axis", Tensor.Vector(0L, 3L, 1L, -1L, 4L, -5L), Tensor.Scalar(4L), values) { ConstantInputs = [1], GradientInputs = [] };
            yield return new("first axis", Sample.Longs(0, 2, 1, 2, 2), Tensor.Vector(3L), values) { ConstantInputs = [1], GradientInputs = [], Attributes = Attributes.None.With("axis", 0) };
            yield return new("float indices", Tensor.Vector(1f, 0f, 2f), Tensor.Scalar(3f), values) { ConstantInputs = [1], GradientInputs = [] };
        }
    }

    protected override int MovedInput => 2;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        ReadOnlySpan<ElementType> numbers = [ElementType.Int64, ElementType.Int32, ElementType.Int8, ElementType.UInt8, ElementType.Float, ElementType.Double];
        var indices = context.Require(0, numbers);
        context.Require(1, numbers);
        if (context.Input(2) is { HasRank: true } values && (values.Rank != 1 || values.Dimensions[0].Value is not (2 or null)))
        {
            throw context.Error($"its values have shape [{string.Join(", ", values.Dimensions)}]; two elements, off and on, were expected.");
        }

        if (!indices.HasRank)
        {
            return [new TensorType(context.Input(2).Element, default)];
        }

        int axis = context.Axis(context.Attributes.Int("axis", -1), indices.Rank + 1);
        var depth = context.Constant(1) is { } known ? Depth(context, known) : Dimension.Unknown;
        return [new TensorType(context.Input(2).Element, indices.Dimensions.Insert(axis, depth))];
    }

    protected override Action Compile<T>(Places<T> places) => places.Context.ElementOf(0) switch
    {
        ElementType.Float => Compile<T, float>(places),
        ElementType.Double => Compile<T, double>(places),
        ElementType.Int64 => Compile<T, long>(places),
        ElementType.Int32 => Compile<T, int>(places),
        ElementType.Int8 => Compile<T, sbyte>(places),
        ElementType.UInt8 => Compile<T, byte>(places),
        var other => throw places.Context.Unsupported(other),
    };

    private static Dimension Depth(ShapeContext context, Tensor tensor)
    {
        double depth = tensor.Length != 1 ? double.NaN : tensor switch
        {
            Tensor<long> typed => typed.Values[0],
            Tensor<int> typed => typed.Values[0],
            Tensor<sbyte> typed => typed.Values[0],
            Tensor<byte> typed => typed.Values[0],
            Tensor<float> typed => typed.Values[0],
            Tensor<double> typed => typed.Values[0],
            _ => double.NaN,
        };
        return depth is >= 0 and <= int.MaxValue
            ? (int)depth
            : throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its depth is {depth}; one number of at least 0 was expected."));
    }

    private static Action Compile<T, TIndex>(Places<T> places)
        where TIndex : unmanaged, INumber<TIndex>
    {
        var context = places.Context;
        var shape = context.OutputShape();
        int axis = (int)context.Attributes.Int("axis", -1);
        axis = axis < 0 ? axis + shape.Rank : axis;
        int depth = shape[axis];
        int step = new Shape(shape.Extents[(axis + 1)..]).Length;
        Buffer<TIndex> indices = context.Input<TIndex>(0);
        var (values, y) = (places.Input(2), places.Output());
        return () =>
        {
            Span<T> destination = y();
            var (off, on) = (values()[0], values()[1]);
            destination.Fill(off);
            for (int i = 0; i < indices.Length; i++)
            {
                long index = long.CreateSaturating(indices[i]);
                index = index < 0 ? index + depth : index;
                if (index >= 0 && index < depth)
                {
                    destination[((((i / step) * depth) + (int)index) * step) + (i % step)] = on;
                }
            }
        };
    }
}
