using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MedTune.Training;

/// <summary>Per feature and bin, the sums over a node's samples of the gradients (one per output) and of the weight; added in the samples' order.</summary>
internal sealed class Histogram
{
    private readonly int[] _starts;
    private readonly double[] _sums;

    public Histogram(BinnedFeatures features, int outputs)
    {
        Stride = outputs + 1;
        _starts = new int[features.Features + 1];
        for (int f = 0; f < features.Features; f++)
        {
            _starts[f + 1] = _starts[f] + (features.BinCount(f) * Stride);
        }

        _sums = new double[_starts[^1]];
    }

    /// <summary>Numbers per bin: the gradients, then the weight.</summary>
    public int Stride { get; }

    /// <summary>The bins of a feature.</summary>
    public Span<double> Of(int feature) => _sums.AsSpan(_starts[feature].._starts[feature + 1]);

    /// <summary>Fills one feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="bins">Bin of every sample.</param>
    /// <param name="rows">The node's samples.</param>
    /// <param name="stats">Gradients and weight of each of these samples, in the same order.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int feature, byte[] bins, ReadOnlySpan<int> rows, ReadOnlySpan<double> stats)
    {
        var sums = Of(feature);
        sums.Clear();
        if (Stride == 2)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                int at = bins[rows[i]] * 2;
                sums[at] += stats[2 * i];
                sums[at + 1] += stats[(2 * i) + 1];
            }

            return;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            int at = bins[rows[i]] * Stride;
            for (int d = 0; d < Stride; d++)
            {
                sums[at + d] += stats[(i * Stride) + d];
            }
        }
    }

    /// <summary>Sets all sums to zero.</summary>
    public void Clear() => _sums.AsSpan().Clear();

    /// <summary>Adds samples to all features at once, but for their commonest bins; one output only.</summary>
    /// <param name="slots">The bins of every sample.</param>
    /// <param name="rows">The samples to add.</param>
    /// <param name="gradients">Gradient and weight of every sample.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(SlotRows slots, ReadOnlySpan<int> rows, ReadOnlySpan<double> gradients)
    {
        var pairs = MemoryMarshal.Cast<double, Vector128<double>>(gradients);
        var starts = slots.Starts;
        var all = slots.Slots;
        ArgumentOutOfRangeException.ThrowIfNotEqual(_sums.Length, slots.Count * 2);

        // Every slot lies below the count just checked.
        ref var first = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<double, Vector128<double>>(_sums.AsSpan()));
        foreach (int row in rows)
        {
            var pair = pairs[row];
            foreach (int slot in all[starts[row]..starts[row + 1]])
            {
                Unsafe.Add(ref first, slot) += pair;
            }
        }
    }

    /// <summary>Adds another histogram.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(Histogram other)
    {
        var own = _sums.AsSpan();
        var part = other._sums.AsSpan(0, own.Length);
        for (int i = 0; i < own.Length; i++)
        {
            own[i] += part[i];
        }
    }

    /// <summary>Gives a feature's commonest bin what the others leave of the total.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="slots">Tells the commonest bin.</param>
    /// <param name="total">Gradient and weight over the node's samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Complete(int feature, SlotRows slots, ReadOnlySpan<double> total)
    {
        var bins = MemoryMarshal.Cast<double, Vector128<double>>(Of(feature));
        var others = Vector128<double>.Zero;
        foreach (var bin in bins)
        {
            others += bin;
        }

        bins[slots.Common(feature) - slots.First(feature)] = Vector128.Create(total) - others;
    }

    /// <summary>A feature becomes what a parent has and another child has not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Subtract(int feature, Histogram parent, Histogram other)
    {
        var own = Of(feature);
        var all = parent.Of(feature);
        var part = other.Of(feature);
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = all[i] - part[i];
        }
    }
}
