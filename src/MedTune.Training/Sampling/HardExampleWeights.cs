using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>How often each sample is drawn in an epoch: what is truly hard more often, what is probably mislabelled never more often than others.</summary>
public static class HardExampleWeights
{
    /// <summary>Weights proportional to the loss (Katharopoulos and Fleuret, ICML 2018), smoothed so that nothing is forgotten.</summary>
    /// <param name="losses">The last loss of each sample, at least 0.</param>
    /// <param name="triage">The triage of all samples: the mislabelled ones keep a weight of at most 1.</param>
    /// <param name="sharpness">0 (all alike) to 1 (proportional to the loss).</param>
    /// <param name="largest">The largest weight relative to the mean, at least 1.</param>
    /// <returns>Weights with a mean of 1.</returns>
    /// <exception cref="ArgumentException">The lengths disagree, a loss is no number of at least 0, or a parameter is out of range.</exception>
    public static double[] ByLoss(ReadOnlySpan<double> losses, ImmutableArray<HardExample> triage, double sharpness = 0.5, double largest = 4)
    {
        if (losses.Length != triage.Length || losses.IsEmpty)
        {
            throw new ArgumentException($"{losses.Length} losses do not fit {triage.Length} samples.", nameof(losses));
        }

        if (!(sharpness is >= 0 and <= 1) || !(largest >= 1))
        {
            throw new ArgumentException("The sharpness is from 0 to 1 and the largest weight at least 1.", nameof(sharpness));
        }

        double mean = 0;
        foreach (double loss in losses)
        {
            mean += loss is >= 0 and < double.PositiveInfinity ? loss / losses.Length : throw new ArgumentException("A loss is no number of at least 0.", nameof(losses));
        }

        double[] weights = new double[losses.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            double weight = mean == 0 ? 1 : 1 - sharpness + (sharpness * Math.Min(largest, losses[i] / mean));
            weights[i] = triage[i].Kind == HardExampleKind.Mislabelled ? Math.Min(1, weight) : weight;
        }

        double sum = Reductions.Sum(weights) / weights.Length;
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>The order of an epoch drawn with these weights: every sample about as often as its weight says, without chance where it can be (systematic sampling), then shuffled.</summary>
    /// <param name="weights">Weights with a mean of 1.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch.</param>
    public static int[] Draw(ReadOnlySpan<double> weights, ulong seed, int epoch)
    {
        var random = new Philox(seed, RandomPurpose.Shuffling, (1UL << 48) | (uint)epoch);
        int[] drawn = new int[weights.Length];
        (double reached, int sample) = (0, 0);
        double start = random.UniformDouble(1UL << 40);
        for (int i = 0; i < drawn.Length; i++)
        {
            while (sample < weights.Length - 1 && reached + weights[sample] <= i + start)
            {
                reached += weights[sample++];
            }

            drawn[i] = sample;
        }

        random.Shuffle(drawn);
        return drawn;
    }
}
