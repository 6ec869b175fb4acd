using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// How to walk over inputs that broadcast to one output: an outer loop, and an inner run in which each input either advances by
/// one element or stays. Axes that behave alike are merged, so equal shapes are one run and a row vector is one run per row.
/// </summary>
internal sealed class BroadcastLoop
{
    private readonly int[] _extents;
    private readonly int[][] _strides;
    private readonly bool[] _advances;

    private BroadcastLoop(int inner, int[] extents, int[][] strides, bool[] advances)
    {
        Inner = inner;
        _extents = extents;
        _strides = strides;
        _advances = advances;
        Outer = 1;
        foreach (int extent in extents)
        {
            Outer *= extent;
        }
    }

    /// <summary>Number of inner runs.</summary>
    public int Outer { get; }

    /// <summary>Elements of one inner run; the output of run i starts at i * Inner.</summary>
    public int Inner { get; }

    /// <summary>Fixes the walk.</summary>
    public static BroadcastLoop For(Shape output, params ReadOnlySpan<Shape> inputs)
    {
        // Axes, innermost first, as (extent, per input: does it advance); neighbors with equal flags are merged.
        var axes = new List<(int Extent, bool[] Advances)>();
        for (int axis = output.Rank - 1; axis >= 0; axis--)
        {
            int extent = output[axis];
            if (extent == 1)
            {
                continue;
            }

            var advances = new bool[inputs.Length];
            for (int i = 0; i < inputs.Length; i++)
            {
                int own = axis - output.Rank + inputs[i].Rank;
                advances[i] = own >= 0 && inputs[i][own] != 1;
            }

            if (axes.Count > 0 && axes[^1].Advances.AsSpan().SequenceEqual(advances))
            {
                axes[^1] = (axes[^1].Extent * extent, advances);
            }
            else
            {
                axes.Add((extent, advances));
            }
        }

        if (axes.Count == 0)
        {
            axes.Add((1, new bool[inputs.Length]));
        }

        return Build(axes, inputs.Length);
    }

    /// <summary>Whether an input advances within a run (else its one element serves the whole run).</summary>
    public bool Advances(int input) => _advances[input];

    /// <summary>Where an input's part of run <paramref name="run"/> starts.</summary>
    public int Offset(int input, int run)
    {
        int[] strides = _strides[input];
        if (strides.Length == 1)
        {
            return run * strides[0];
        }

        int offset = 0;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            offset += run % _extents[axis] * strides[axis];
            run /= _extents[axis];
        }

        return offset;
    }

    private static BroadcastLoop Build(List<(int Extent, bool[] Advances)> axes, int inputs)
    {
        int outer = axes.Count - 1;
        var extents = new int[outer];
        var strides = new int[inputs][];
        for (int i = 0; i < inputs; i++)
        {
            strides[i] = new int[outer];
            int step = axes[0].Advances[i] ? axes[0].Extent : 1;
            for (int axis = 0; axis < outer; axis++)
            {
                var (extent, advances) = axes[axis + 1];
                extents[axis] = extent;
                strides[i][axis] = advances[i] ? step : 0;
                step *= advances[i] ? extent : 1;
            }
        }

        return new BroadcastLoop(axes[0].Extent, extents, strides, axes[0].Advances);
    }
}
