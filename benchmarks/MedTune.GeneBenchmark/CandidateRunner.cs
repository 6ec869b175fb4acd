using System.Collections.Immutable;
using System.Diagnostics;
using MedTune.Data;
using MedTune.Modalities.Genes;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.GeneBenchmark;

/// <summary>Fits candidates on every outer fold and blends them by what their inner folds say.</summary>
internal static class CandidateRunner
{
    /// <summary>Margins of every row by each candidate, and last by their blend.</summary>
    public static (string[] Names, float[][] Margins, double[] InnerLosses, double[] Seconds) Run(GeneData data, FoldAssignment outer, ImmutableArray<GeneCandidate> candidates, ulong seed, TaskPool pool)
    {
        int width = data.Margins;
        var margins = Enumerable.Range(0, candidates.Length + 1).Select(_ => new float[data.Rows * width]).ToArray();
        var (losses, seconds) = (new double[candidates.Length + 1], new double[candidates.Length + 1]);
        for (int fold = 0; fold < outer.Folds; fold++)
        {
            int[] rows = outer.TrainingRows(fold), test = outer.TestRows(fold);
            int[] classes = [.. rows.Select(row => data.Classes[row])];
            int folds = Math.Clamp(Splits.MostFolds(data.Classes.AsSpan(), data.Groups.AsSpan(), rows), 2, 5);
            var inner = Splits.KFold(data.Classes.AsSpan(), data.Groups.AsSpan(), folds, seed, rows);
            int[] foldOf = [.. rows.Select(row => inner.FoldOfRow[row])];
            var (outOfFold, answers) = (new float[candidates.Length][], new float[candidates.Length][]);
            for (int i = 0; i < candidates.Length; i++)
            {
                var watch = Stopwatch.StartNew();
                var task = new GeneFitTask(data, rows, inner, seed, pool, null, default) { Explains = false };
                var fit = candidates[i].Build(data, candidates[i].Fit(task, new FitProgressFile(null, "")));
                var calibration = MarginCalibration.Choose(fit.OutOfFold, classes, foldOf).Calibration;
                outOfFold[i] = calibration.Apply(fit.OutOfFold);
                answers[i] = calibration.Apply(GraphScorer.Margins(fit.Graph, data, test));
                losses[i] += PointwiseLoss.Mean(outOfFold[i], classes) / outer.Folds;
                seconds[i] += watch.Elapsed.TotalSeconds;
                Console.Error.WriteLine(FormattableString.Invariant($"  fold {fold}: {candidates[i].Name}: {fit.Setting}, inner loss {fit.Losses.Min(pair => pair.Value):F4}, {watch.Elapsed.TotalSeconds:F1} s"));
            }

            double[] weights = Blend.Weights(outOfFold, classes);
            Console.Error.WriteLine(FormattableString.Invariant($"  fold {fold}: weights {string.Join(" ", weights.Select(weight => FormattableString.Invariant($"{weight:F2}")))}"));
            losses[^1] += PointwiseLoss.Mean(Blend.Combine(outOfFold, weights), classes) / outer.Folds;
            Scatter(Blend.Combine(answers, weights), test, width, margins[^1]);
            for (int i = 0; i < candidates.Length; i++)
            {
                Scatter(answers[i], test, width, margins[i]);
            }
        }

        seconds[^1] = seconds.Sum();
        return ([.. candidates.Select(candidate => candidate.Name), "blend"], margins, losses, seconds);
    }

    private static void Scatter(float[] own, int[] rows, int width, float[] all)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            own.AsSpan(i * width, width).CopyTo(all.AsSpan(rows[i] * width));
        }
    }
}
