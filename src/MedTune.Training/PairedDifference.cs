using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>The mean difference between two losses of the same samples, and its standard error.</summary>
public static class PairedDifference
{
    /// <summary>Mean of <c>before - after</c> (positive when <paramref name="after"/> is better) and its standard error.</summary>
    public static (double Mean, double StandardError) Of(ReadOnlySpan<double> before, ReadOnlySpan<double> after)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(after.Length, before.Length, nameof(after));
        ArgumentOutOfRangeException.ThrowIfZero(before.Length, nameof(before));
        var gains = new double[before.Length];
        for (int i = 0; i < gains.Length; i++)
        {
            gains[i] = before[i] - after[i];
        }

        double mean = Reductions.Sum(gains) / gains.Length;
        for (int i = 0; i < gains.Length; i++)
        {
            gains[i] -= mean;
        }

        return (mean, Math.Sqrt(Reductions.Dot(gains, gains) / Math.Max(1, gains.Length - 1) / gains.Length));
    }
}
