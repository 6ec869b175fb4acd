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

    /// <summary>A feature becomes what a parent has and another child has not.</summary>
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
