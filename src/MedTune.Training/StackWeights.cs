using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>What each of several models counts in their weighted mean, from samples that none was fitted to.</summary>
/// <remarks>
/// Stacked regression with weights from 0 up that sum to 1 (Breiman, Machine Learning 24, 1996). The weights are a posterior mean, so that a few hundred samples do not overfit them.
/// </remarks>
internal static class StackWeights
{
    private const int Steps = 10;
    private const double LeastShare = 0.05;

    /// <summary>In units of log-likelihood: what the samples must say before all weight leaves a first member that is, on small tables, the best one alone.</summary>
    public const double FirstIsSafest = 4;

    /// <summary>
    /// The mean of all weights in tenths, each counted by the likelihood it gives the samples and by a prior for the first member. Members
    /// that hardly count are left out, since each makes the model longer.
    /// </summary>
    /// <param name="margins">For each member the margins of all samples, by models that had not seen them.</param>
    /// <param name="classes">The class of each sample.</param>
    /// <param name="priorCost">0 where no member is safer than the others, or <see cref="FirstIsSafest"/>.</param>
    /// <param name="temper">How many units of log-likelihood count as one: more than 1 where few samples would make much of luck.</param>
    public static double[] PosteriorMean(float[][] margins, int[] classes, double priorCost, double temper = 1)
    {
        double[][] grid = [.. Weights(margins.Length)];
        double[] losses = Array.ConvertAll(
            grid, weights => (priorCost * (1 - weights[0])) + (classes.Length * PointwiseLoss.Mean(Combine(margins, weights), classes)));
        double least = losses.Min();
        var mean = new double[margins.Length];
        for (int point = 0; point < grid.Length; point++)
        {
            double likelihood = DoubleMath.Exp((least - losses[point]) / temper);
            for (int member = 0; member < mean.Length; member++)
            {
                mean[member] += likelihood * grid[point][member];
            }
        }

        double sum = mean.Sum();
        double[] kept = Array.ConvertAll(mean, weight => weight >= LeastShare * sum ? weight : 0);
        double rest = kept.Sum();
        return Array.ConvertAll(kept, weight => weight / rest);
    }

    /// <summary>The weighted mean of calibrated margins.</summary>
    public static float[] Combine(IReadOnlyList<float[]> margins, IReadOnlyList<double> weights)
    {
        var combined = new float[margins[0].Length];
        for (int member = 0; member < margins.Count; member++)
        {
            float weight = (float)weights[member];
            if (weight == 0)
            {
                // What does not count must not spoil the sum either: zero times infinity is no number.
                continue;
            }

            for (int i = 0; i < combined.Length; i++)
            {
                combined[i] = MathF.FusedMultiplyAdd(weight, margins[member][i], combined[i]);
            }
        }

        return combined;
    }

    /// <summary>All weights in tenths that sum to 1, in a fixed order.</summary>
    private static IEnumerable<double[]> Weights(int members)
    {
        var parts = new int[members];
        parts[0] = Steps;
        while (true)
        {
            yield return Array.ConvertAll(parts, part => part / (double)Steps);

            // The next composition: one tenth moves on, all that gathered at the end comes back behind it.
            int place = members - 2;
            while (place >= 0 && parts[place] == 0)
            {
                place--;
            }

            if (place < 0)
            {
                yield break;
            }

            int rest = parts[^1];
            parts[^1] = 0;
            parts[place]--;
            parts[place + 1] = rest + 1;
        }
    }
}
