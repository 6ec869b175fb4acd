using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Target rows for <see cref="SoftCrossEntropy"/>, <see cref="FocalLoss"/> and <see cref="LdamLoss"/>.</summary>
public static class SoftTargets
{
    /// <summary>Writes the target of one sample.</summary>
    /// <param name="row">A target for each class; overwritten.</param>
    /// <param name="label">Its class.</param>
    /// <param name="smoothing">The share that is spread evenly over all classes (Szegedy et al., CVPR 2016), from 0 to below 1.</param>
    /// <param name="weight">How much the sample counts, at least 0.</param>
    /// <exception cref="ArgumentException">The label is no class, or a constant is out of range.</exception>
    public static void Write(Span<float> row, int label, double smoothing = 0, double weight = 1)
    {
        if (label < 0 || label >= row.Length || !(smoothing is >= 0 and < 1) || !(weight is >= 0 and < double.PositiveInfinity))
        {
            throw new ArgumentException($"A label is from 0 to {row.Length - 1}, smoothing from 0 to below 1, and a weight at least 0.", nameof(label));
        }

        row.Fill((float)(weight * smoothing / row.Length));
        row[label] = (float)(weight * (1 - smoothing + (smoothing / row.Length)));
    }

    /// <summary>Mixes a row with another sample's: the share stays of the row's own.</summary>
    /// <param name="row">Changed in place.</param>
    /// <param name="other">Same length, as it was before anything was mixed.</param>
    /// <param name="share">0 to 1.</param>
    public static void Mix(Span<float> row, ReadOnlySpan<float> other, double share)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = (float)((share * row[i]) + ((1 - share) * other[i]));
        }
    }

    /// <summary>Weights of classes that make all count alike: samples / (classes x samples of the class).</summary>
    /// <param name="counts">Training samples of each class, each at least 1.</param>
    public static ImmutableArray<double> BalancedWeights(ImmutableArray<int> counts)
    {
        double all = counts.Sum(count => (double)count);
        return [.. counts.Select(count => all / (counts.Length * (double)Counted(count)))];
    }

    /// <summary>Weights by the effective number of samples, (1 - beta) / (1 - beta^n), with a mean of 1 (Cui et al., CVPR 2019).</summary>
    /// <param name="counts">Training samples of each class, each at least 1.</param>
    /// <param name="beta">From 0 (all alike) to below 1; 0.9999 in the paper.</param>
    public static ImmutableArray<double> EffectiveNumberWeights(ImmutableArray<int> counts, double beta = 0.9999)
    {
        if (!(beta is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "From 0 to below 1.");
        }

        double[] weights = [.. counts.Select(count => beta == 0 ? 1 : (1 - beta) / (1 - DoubleMath.Exp(Counted(count) * DoubleMath.Log(beta))))];
        double mean = weights.Average();
        return [.. weights.Select(weight => weight / mean)];
    }

    private static int Counted(int count) => count >= 1 ? count : throw new ArgumentException("A class has no training sample, so it has no weight.", nameof(count));
}
