using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Which of several settings the inner folds prefer, by log-loss.</summary>
/// <param name="Best">The setting, by all rows.</param>
/// <param name="OutOfFold">Margins of all rows, those of a fold by the setting that the other folds prefer: no row takes part in the choice of its own model's setting.</param>
/// <param name="Losses">The mean loss of each setting.</param>
internal sealed record SettingChoice(int Best, float[] OutOfFold, ImmutableArray<double> Losses)
{
    /// <summary>Chooses.</summary>
    /// <param name="margins">For each setting the margins of the task's rows, one row after the other.</param>
    /// <param name="task">Rows, classes and folds.</param>
    public static SettingChoice Of(float[][] margins, GeneFitTask task)
    {
        (int width, int folds) = (task.Data.Margins, task.Inner.Folds);
        var sums = new double[margins.Length, folds];
        for (int setting = 0; setting < margins.Length; setting++)
        {
            for (int i = 0; i < task.Rows.Length; i++)
            {
                sums[setting, task.Inner.FoldOfRow[task.Rows[i]]] += PointwiseLoss.Of(margins[setting].AsSpan(i * width, width), task.Data.Classes[task.Rows[i]]);
            }
        }

        var outOfFold = new float[task.Rows.Length * width];
        int[] preferred = [.. Enumerable.Range(0, folds).Select(fold => Least(sums, fold))];
        for (int i = 0; i < task.Rows.Length; i++)
        {
            int setting = preferred[task.Inner.FoldOfRow[task.Rows[i]]];
            margins[setting].AsSpan(i * width, width).CopyTo(outOfFold.AsSpan(i * width));
        }

        return new SettingChoice(Least(sums, -1), outOfFold, [.. Enumerable.Range(0, margins.Length).Select(setting => Total(sums, setting, -1) / task.Rows.Length)]);
    }

    /// <summary>The setting with the least loss over all folds but one; the first of equals, which is the safest.</summary>
    private static int Least(double[,] sums, int without)
    {
        int best = 0;
        for (int setting = 1; setting < sums.GetLength(0); setting++)
        {
            best = Total(sums, setting, without) < Total(sums, best, without) ? setting : best;
        }

        return best;
    }

    private static double Total(double[,] sums, int setting, int without)
    {
        double total = 0;
        for (int fold = 0; fold < sums.GetLength(1); fold++)
        {
            total += fold == without ? 0 : sums[setting, fold];
        }

        return total;
    }
}
