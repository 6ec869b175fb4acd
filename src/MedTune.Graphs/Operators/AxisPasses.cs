using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A map of a whole tensor made of one linear map per axis, last axis first, and its transpose.</summary>
internal static class AxisPasses
{
    private delegate void Map<T>(ReadOnlySpan<T> source, Span<T> destination);

    /// <summary>x to y; elements that have no source along an axis are <paramref name="filler"/>.</summary>
    public static Action Forward<T>(KernelContext context, Shape shape, AxisTaps[] axes, Buffer<T> x, Buffer<T> y, T filler)
        where T : unmanaged, INumber<T> =>
        Compile(context, [.. shape.Extents], [.. Changed(axes).Reverse()], axes, x, y, (taps, inner) =>
        {
            var weights = taps.Weights<T>();
            return (taps.Extent, taps.Count, (source, destination) => taps.Apply(source, destination, inner, weights, filler));
        });

    /// <summary>The gradient of y to that of x.</summary>
    public static Action Backward<T>(KernelContext context, Shape shape, AxisTaps[] axes, Buffer<T> dy, Buffer<T> dx)
        where T : unmanaged, INumber<T> =>
        Compile(context, [.. axes.Select((taps, axis) => taps.IsIdentity ? shape[axis] : taps.Count)], [.. Changed(axes)], axes, dy, dx, (taps, inner) =>
        {
            var weights = taps.Weights<T>();
            return (taps.Count, taps.Extent, (source, destination) => taps.ApplyTransposed(source, destination, inner, weights));
        });

    private static IEnumerable<int> Changed(AxisTaps[] axes) => Enumerable.Range(0, axes.Length).Where(axis => !axes[axis].IsIdentity);

    /// <summary>One pass per axis in the order given, from buffer to buffer; the blocks before the axis are shared out among the threads.</summary>
    private static Action Compile<T>(
        KernelContext context, int[] extents, int[] order, AxisTaps[] axes, Buffer<T> from, Buffer<T> to, Func<AxisTaps, int, (int From, int To, Map<T> Map)> prepare)
        where T : unmanaged
    {
        if (order.Length == 0)
        {
            return () => from.Span.CopyTo(to.Span);
        }

        var passes = new Action[order.Length];
        for (int i = 0; i < passes.Length; i++)
        {
            int axis = order[i];
            int outer = new Shape(extents.AsSpan(0, axis)).Length;
            int inner = new Shape(extents.AsSpan(axis + 1)).Length;
            var (before, after, map) = prepare(axes[axis], inner);
            extents[axis] = after;
            var (source, destination) = (from, i == passes.Length - 1 ? to : context.Scratch<T>(new Shape(extents).Length));
            passes[i] = Chunks.Each(
                context.Pool,
                outer,
                block => map(source.Span.Slice(block * before * inner, before * inner), destination.Span.Slice(block * after * inner, after * inner)),
                Math.Max(before, after) * inner);
            from = destination;
        }

        return () =>
        {
            foreach (var pass in passes)
            {
                pass();
            }
        };
    }
}
