using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The slices along <c>axis</c> for which the condition holds, or without an axis the elements; a condition that is too short does not hold for the rest.</summary>
internal sealed class Compress : MovementOperator
{
    public override string Name => "Compress";

    public override int SinceOpset => 9;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("rows", Sample.Values(1, 4, 3), Tensor.Vector(true, false, true)) { ConstantInputs = [1], Attributes = Attributes.None.With("axis", 0) };
            yield return new("last axis", Sample.Values(2, 2, 3, 4), Tensor.Vector(false, true, true, true)) { ConstantInputs = [1], Attributes = Attributes.None.With("axis", -1) };
            yield return new("elements", Sample.Values(3, 2, 3), Tensor.Vector(false, true, false, false, true)) { ConstantInputs = [1] };
            yield return new("none", Sample.Values(4, 3), Tensor.Vector(false, false)) { ConstantInputs = [1] };
            yield return new("text", Tensor.Vector("a", "b"), Tensor.Vector(false, true)) { ConstantInputs = [1] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Input(0);
        context.Require(1, ElementType.Bool);
        Dimension count = context.Constant(1) is Tensor<bool> condition ? condition.Values.Count(true) : Dimension.Unknown;
        if (!context.Attributes.Has("axis"))
        {
            CheckLength(context, TensorLength(x));
            return [new TensorType(x.Element, [count])];
        }

        if (!x.HasRank)
        {
            return [x];
        }

        int axis = context.Axis(context.Attributes.Int("axis", 0), x.Rank);
        CheckLength(context, x.Dimensions[axis].Value);
        return [x with { Dimensions = x.Dimensions.SetItem(axis, count) }];
    }

    protected override Action Compile<T>(Places<T> places)
    {
        var context = places.Context;
        var shape = context.InputShape(0);
        int inner = 1;
        int extent = shape.Length;
        if (context.Attributes.Has("axis"))
        {
            int axis = (int)context.Attributes.Int("axis", 0);
            axis = axis < 0 ? axis + shape.Rank : axis;
            extent = shape[axis];
            inner = new Shape(shape.Extents[(axis + 1)..]).Length;
        }

        var condition = context.Input<bool>(1);
        var (x, y) = (places.Input(), places.Output());
        return () =>
        {
            var source = x();
            var destination = y();
            int to = 0;
            for (int start = 0; start < source.Length && extent * inner > 0; start += extent * inner)
            {
                for (int i = 0; i < Math.Min(extent, condition.Length); i++)
                {
                    if (condition[i])
                    {
                        source.Slice(start + (i * inner), inner).CopyTo(destination[to..]);
                        to += inner;
                    }
                }
            }
        };
    }

    private static int? TensorLength(TensorType type) => Execution.TensorStorage.Concrete(type)?.Length;

    private static void CheckLength(ShapeContext context, int? extent)
    {
        if (extent is int most && context.Constant(1) is { } condition && condition.Length > most)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its condition has {condition.Length} entries for {most} places."));
        }
    }
}
