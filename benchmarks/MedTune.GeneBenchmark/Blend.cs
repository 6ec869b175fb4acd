using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.GeneBenchmark;

/// <summary>A weighted mean of margins; the weights are the mean of all weights in tenths, each counted by the likelihood it gives to out-of-fold answers.</summary>
internal static class Blend
{
    private const int Steps = 10;

    public static double[] Weights(float[][] margins, int[] classes)
    {
        double[][] grid = [.. Compositions(margins.Length, Steps)];
        double[] losses = Array.ConvertAll(grid, weights => classes.Length * PointwiseLoss.Mean(Combine(margins, weights), classes));
        double least = losses.Min();
        var mean = new double[margins.Length];
        for (int point = 0; point < grid.Length; point++)
        {
            double likelihood = DoubleMath.Exp(least - losses[point]);
            for (int member = 0; member < mean.Length; member++)
            {
                mean[member] += likelihood * grid[point][member];
            }
        }

        double sum = mean.Sum();
        return Array.ConvertAll(mean, weight => weight / sum);
    }

    public static float[] Combine(float[][] margins, double[] weights)
    {
        var combined = new float[margins[0].Length];
        for (int member = 0; member < margins.Length; member++)
        {
            for (int i = 0; i < combined.Length && weights[member] > 0; i++)
            {
                combined[i] += (float)weights[member] * margins[member][i];
            }
        }

        return combined;
    }

    private static IEnumerable<double[]> Compositions(int members, int left)
    {
        if (members == 1)
        {
            yield return [left / (double)Steps];
            yield break;
        }

        for (int own = left; own >= 0; own--)
        {
            foreach (double[] rest in Compositions(members - 1, left - own))
            {
                yield return [own / (double)Steps, .. rest];
            }
        }
    }
}
