using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The part of a tensor that Slice takes, worked out from its lists of starts, ends, axes and steps.</summary>
internal sealed class SlicePart
{
    private SlicePart(int[] starts, int[] steps, Dimension[] dimensions)
    {
        Starts = starts;
        Steps = steps;
        Dimensions = [.. dimensions];
    }

    /// <summary>Per axis, the first place taken.</summary>
    public int[] Starts { get; }

    /// <summary>Per axis, how far the next place is.</summary>
    public int[] Steps { get; }

    /// <summary>The extents of the part.</summary>
    public ImmutableArray<Dimension> Dimensions { get; }

    /// <summary>Whether every extent is a number, so that starts and steps count.</summary>
    public bool IsConcrete => Dimensions.All(dimension => dimension.Value is not null);

    /// <summary>The part, or null when the lists are not known while building.</summary>
    /// <param name="context">A node whose lists begin at input <paramref name="first"/> + 1.</param>
    /// <param name="first">The input that is sliced.</param>
    public static SlicePart? For(ShapeContext context, int first = 0)
    {
        var lists = Enumerable.Range(first + 1, 4).Select(context.Longs).ToArray();
        for (int i = 0; i < lists.Length; i++)
        {
            if (lists[i].IsDefault && context.Has(first + 1 + i))
            {
                return null;
            }
        }

        return Of(lists, context.Input(first).Dimensions, context.Error);
    }

    /// <summary>The walk over the part of a concrete tensor.</summary>
    public static StridedCopy Walk(KernelContext context, int first, Shape shape)
    {
        var lists = Enumerable.Range(first + 1, 4).Select(input => Longs(context, input)).ToArray();
        var part = Of(lists, [.. shape.Extents.ToArray().Select(extent => (Dimension)extent)], context.Error);
        int[] strides = StridedCopy.Strides(shape);
        int offset = 0;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            offset += part.Starts[axis] * strides[axis];
            strides[axis] *= part.Steps[axis];
        }

        return StridedCopy.For([.. part.Dimensions.Select(dimension => dimension.Value!.Value)], strides, offset);
    }

    private static ImmutableArray<long> Longs(KernelContext context, int input)
    {
        if (!context.Has(input))
        {
            return default;
        }

        return context.Constant(input) switch
        {
            Tensor<long> list => [.. list.Values],
            Tensor<int> list => [.. list.Values.ToArray().Select(value => (long)value)],
            _ => throw context.Error("the places it cuts at are not known before execution."),
        };
    }

    private static SlicePart Of(ImmutableArray<long>[] lists, ImmutableArray<Dimension> dimensions, Func<string, InvalidGraphException> error)
    {
        var (starts, ends) = (lists[0], lists[1]);
        int count = starts.Length;
        var axes = lists[2].IsDefault ? [.. Enumerable.Range(0, count).Select(axis => (long)axis)] : lists[2];
        var steps = lists[3].IsDefault ? [.. Enumerable.Repeat(1L, count)] : lists[3];
        if (ends.Length != count || axes.Length != count || steps.Length != count)
        {
            throw error("its lists of starts, ends, axes and steps differ in length.");
        }

        var first = new int[dimensions.Length];
        var step = new int[dimensions.Length];
        Array.Fill(step, 1);
        var result = dimensions.ToArray();
        var seen = new bool[dimensions.Length];
        for (int i = 0; i < count; i++)
        {
            long axis = axes[i] < 0 ? axes[i] + dimensions.Length : axes[i];
            if (axis < 0 || axis >= dimensions.Length || seen[axis])
            {
                throw error(string.Create(CultureInfo.InvariantCulture, $"axis {axes[i]} is named twice or does not exist; the input has rank {dimensions.Length}."));
            }

            seen[axis] = true;
            if (steps[i] == 0)
            {
                throw error("it has a step of 0.");
            }

            if (dimensions[(int)axis].Value is int extent)
            {
                (first[axis], int length) = Cut(starts[i], ends[i], steps[i], extent);
                step[axis] = length > 1 ? (int)steps[i] : 1;
                result[axis] = length;
            }
            else if (!(starts[i] == 0 && ends[i] >= int.MaxValue && steps[i] == 1))
            {
                result[axis] = Dimension.Unknown;
            }
        }

        return new SlicePart(first, step, result);
    }

    private static (int Start, int Length) Cut(long start, long end, long step, int extent)
    {
        if (extent == 0)
        {
            return (0, 0);
        }

        // Forwards, places are clamped to [0, extent]; backwards to [-1, extent - 1], where -1 is the place before the first.
        (long low, long high) = step > 0 ? (0L, extent) : (-1L, extent - 1L);
        long first = Math.Clamp(start < 0 ? Math.Max(start, -extent - 1L) + extent : start, low, high);
        long last = Math.Clamp(end < 0 ? Math.Max(end, -extent - 1L) + extent : end, low, high);
        if (step < 0 && first < 0)
        {
            return (0, 0);
        }

        // The size of a step never matters beyond the extent, and long.MinValue has no positive counterpart.
        long size = step > 0 ? Math.Min(step, extent + 1L) : Math.Min(-Math.Max(step, -extent - 1L), extent + 1L);
        long distance = step > 0 ? last - first : first - last;
        long length = distance <= 0 ? 0 : (distance + size - 1) / size;
        return (length == 0 ? 0 : (int)first, (int)length);
    }
}
