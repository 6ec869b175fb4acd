using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>What each of several settings counts in their mean, by the log-loss of inner folds.</summary>
/// <remarks>
/// Few samples cannot tell one penalty from the next, and whoever takes the best of them takes luck with it, another one in each fold. So each counts by its likelihood, tempered: with a
/// hundred samples nearly all count, with thousands one is left.
/// </remarks>
/// <param name="Weights">For each setting, 0 to 1; they sum to 1.</param>
/// <param name="OutOfFold">Margins of all rows, those of a fold with the weights that the other folds give: no row takes part in what its own model's settings count.</param>
/// <param name="Losses">The mean loss of each setting.</param>
internal sealed record SettingShares(double[] Weights, float[] OutOfFold, ImmutableArray<double> Losses)
{
    /// <summary>How many units of log-likelihood count as one.</summary>
    public const double Temper = 10;

    // What counts less than this share of the largest is left out.
    private const double LeastShare = 0.01;

    /// <summary>Weighs settings.</summary>
    /// <param name="margins">For each setting the margins of the task's rows, one row after the other.</param>
    /// <param name="task">Rows, classes and folds.</param>
    public static SettingShares Of(float[][] margins, GeneFitTask task)
    {
        int width = task.Data.Margins;
        int[] folds = Array.ConvertAll(task.Rows, row => task.Inner.FoldOfRow[row]);
        double[][] losses = Array.ConvertAll(margins, own => Enumerable.Range(0, folds.Length).Select(i => PointwiseLoss.Of(own.AsSpan(i * width, width), task.Data.Classes[task.Rows[i]])).ToArray());
        var outOfFold = new float[margins[0].Length];
        for (int fold = 0; fold < task.Inner.Folds; fold++)
        {
            double[] weights = WeightsBy(losses, [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] != fold)]);
            for (int i = 0; i < folds.Length; i++)
            {
                if (folds[i] == fold)
                {
                    Mix(margins, weights, i * width, width, outOfFold);
                }
            }
        }

        return new SettingShares(WeightsBy(losses, [.. Enumerable.Range(0, folds.Length)]), outOfFold, [.. losses.Select(own => own.Average())]);
    }

    /// <summary>The settings that count, in words: the one that counts most, and how many others.</summary>
    public static string Words(ImmutableArray<string> settings, double[] weights)
    {
        int most = Array.IndexOf(weights, weights.Max());
        int others = weights.Count(weight => weight > 0) - 1;
        return others <= 0 ? settings[most] : string.Create(CultureInfo.InvariantCulture, $"mean of {others + 1} settings, most of {settings[most]}");
    }

    private static double[] WeightsBy(double[][] losses, int[] rows)
    {
        double[] sums = Array.ConvertAll(losses, own => rows.Sum(row => own[row]));
        double least = sums.Min();
        double[] weights = Array.ConvertAll(sums, sum => DoubleMath.Exp((least - sum) / Temper));
        double[] kept = Array.ConvertAll(weights, weight => weight >= LeastShare ? weight : 0);
        double all = kept.Sum();
        return Array.ConvertAll(kept, weight => weight / all);
    }

    private static void Mix(float[][] margins, double[] weights, int start, int width, float[] mixed)
    {
        for (int k = 0; k < width; k++)
        {
            double sum = 0;
            for (int setting = 0; setting < weights.Length; setting++)
            {
                sum += weights[setting] > 0 ? weights[setting] * margins[setting][start + k] : 0;
            }

            mixed[start + k] = (float)sum;
        }
    }
}
