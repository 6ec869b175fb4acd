using System.Collections.Immutable;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Which of several settings a candidate takes, by margins of rows that the fits have not seen.</summary>
/// <param name="Best">The setting with the smallest loss over all inner folds.</param>
/// <param name="Losses">The loss of each setting.</param>
/// <param name="OutOfFold">Margins of the rows of the task; those of a fold are of the setting that is best on the other folds, so that no row has a say in what it is judged by.</param>
internal sealed record InnerChoice(int Best, ImmutableArray<double> Losses, float[] OutOfFold)
{
    /// <summary>Compares settings.</summary>
    /// <param name="task">Rows and folds.</param>
    /// <param name="margins">For each setting the margins of the rows of the task, in their order.</param>
    public static InnerChoice Of(GeneFitTask task, IReadOnlyList<float[]> margins)
    {
        int width = task.Data.Margins;
        double[][] losses = [.. margins.Select(own => LossesOf(task, own))];
        ImmutableArray<double> means = [.. losses.Select(own => own.Average())];
        int[] folds = Array.ConvertAll(task.Rows, row => task.Inner.FoldOfRow[row]);
        var outOfFold = new float[task.Rows.Length * width];
        for (int fold = 0; fold < task.Inner.Folds; fold++)
        {
            int chosen = Smallest([.. losses.Select(own => own.Where((_, i) => folds[i] != fold).DefaultIfEmpty(0).Average())]);
            for (int i = 0; i < folds.Length; i++)
            {
                if (folds[i] == fold)
                {
                    margins[chosen].AsSpan(i * width, width).CopyTo(outOfFold.AsSpan(i * width));
                }
            }
        }

        return new InnerChoice(Smallest(means), means, outOfFold);
    }

    private static double[] LossesOf(GeneFitTask task, float[] margins)
    {
        int width = task.Data.Margins;
        return [.. task.Rows.Select((row, i) => PointwiseLoss.Of(margins.AsSpan(i * width, width), task.Data.Classes[row]))];
    }

    private static int Smallest(ImmutableArray<double> losses) => losses.IndexOf(losses.Min());
}
