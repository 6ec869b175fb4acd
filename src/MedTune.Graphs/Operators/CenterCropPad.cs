using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The middle of input 0, or zeros around it, so that the axes named by <c>axes</c> (all by default) have the extents of input 1. Where the difference is odd, one
/// more element is taken off, or put, behind.
/// </summary>
internal sealed class CenterCropPad : MovementOperator
{
    public override string Name => "CenterCropPad";

    public override int SinceOpset => 18;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("smaller", Sample.Values(1, 5, 4, 3), Tensor.Vector(2L, 3, 3));
            yield return new("larger", Sample.Values(2, 2, 3), Tensor.Vector(5L, 7));
            yield return new("both, named axes", Sample.Values(3, 4, 3, 2), Tensor.Vector(6L, 3)) { Attributes = Attributes.None.With("axes", (long[])[-2, 0]) };
            yield return new("whole numbers", Sample.Longs(-9, 9, 4, 3, 2), Tensor.Vector(2, 5));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var input = context.Input(0);
        context.Require(1, ElementType.Int64, ElementType.Int32);
        if (!input.HasRank)
        {
            return [input];
        }

        int[] axes = AxesOf(context.Attributes, input.Rank, context.Axis);
        _ = Axes.Flags(context, [.. axes.Select(axis => (long)axis)], input.Rank);
        var extents = context.Elements(1);
        if (!extents.IsDefault && (extents.Length != axes.Length || extents.Any(extent => extent.Value is < 0 or > int.MaxValue)))
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its shape must have {axes.Length} extents, one for each axis."));
        }

        var dimensions = input.Dimensions;
        for (int i = 0; i < axes.Length; i++)
        {
            dimensions = dimensions.SetItem(axes[i], extents.IsDefault ? Dimension.Unknown : extents[i].ToDimension());
        }

        return [input with { Dimensions = dimensions }];
    }

    /// <summary>The same step back: what was taken off gets 0, what was put around goes.</summary>
    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var shape = build.Shape(context.Input(0));
        if (context.Attributes.Has("axes"))
        {
            int rank = context.Input(0).Type.HasRank ? context.Input(0).Type.Rank : throw context.Error("its input's number of axes must be known to differentiate it.");
            long[] axes = [.. context.Attributes.Ints("axes").Select(axis => axis < 0 ? axis + rank : axis)];
            shape = build.Gather(shape, build.Constant(Tensor.Vector(axes), "axes"));
        }

        context.Set(0, build.Append(Name, [context.OutputGradient(), shape], context.Attributes));
    }

    protected override Action Compile<T>(Places<T> places)
    {
        var context = places.Context;
        var (from, to) = (context.InputShape(0), context.OutputShape());

        // Division cuts towards 0, for what is put and for what is taken off alike.
        long[] begins = [.. Enumerable.Range(0, from.Rank).Select(axis => (to[axis] - (long)from[axis]) / 2)];
        int[] sources = Pad.Sources(context, from, to, begins, "constant");
        var (x, y) = (places.Input(), places.Output());
        var zero = typeof(T) == typeof(string) ? (T)(object)string.Empty : default!;
        return () =>
        {
            Span<T> source = x();
            Span<T> destination = y();
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = sources[i] < 0 ? zero : source[sources[i]];
            }
        };
    }

    private static int[] AxesOf(Attributes attributes, int rank, Func<long, int, int> axis) => attributes.Ints("axes") is { IsDefault: false } named
        ? [.. named.Select(each => axis(each, rank))]
        : [.. Enumerable.Range(0, rank)];
}
