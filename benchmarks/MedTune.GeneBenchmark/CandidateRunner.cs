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
        var plan = new Plan { Modality = Plan.GeneModality, Genes = new GenePlan() };
        var margins = Enumerable.Range(0, candidates.Length + 1).Select(_ => new float[data.Rows * width]).ToArray();
        var (losses, seconds) = (new double[candidates.Length + 1], new double[candidates.Length + 1]);
        for (int fold = 0; fold < outer.Folds; fold++)
        {
            int[] rows = outer.TrainingRows(fold), test = outer.TestRows(fold);
            int[] classes = [.. rows.Select(row => data.Classes[row])];
            int folds = Math.Clamp(Splits.MostFolds(data.Classes.AsSpan(), data.Groups.AsSpan(), rows), 2, 5);
            var inner = Splits.KFold(data.Classes.AsSpan(), data.Groups.AsSpan(), folds, seed, rows);
            var task = new GeneFitTask(data, rows, inner, seed, pool, null, default) { Explains = false };
            var fits = new List<(string, GeneFit)>();
            for (int i = 0; i < candidates.Length; i++)
            {
                var watch = Stopwatch.StartNew();
                var fit = candidates[i].Build(data, candidates[i].Fit(task, new FitProgressFile(null, "")));
                fits.Add((candidates[i].Name, fit));
                losses[i] += PointwiseLoss.Mean(fit.OutOfFold, classes) / outer.Folds;
                seconds[i] += watch.Elapsed.TotalSeconds;
                Console.Error.WriteLine(FormattableString.Invariant($"  fold {fold}: {candidates[i].Name}: {fit.Setting}, inner loss {PointwiseLoss.Mean(fit.OutOfFold, classes):F4}, {watch.Elapsed.TotalSeconds:F1} s"));
            }

            var choice = GeneChoice.Of(plan, task, fits);
            Console.Error.WriteLine(FormattableString.Invariant($"  fold {fold}: weights {string.Join(" ", choice.Members.Select(member => FormattableString.Invariant($"{member.Weight:F2}")))}, calibration {choice.Calibration}"));
            float[][] answers = [.. choice.Members.Select(member => member.Calibration.Apply(GraphScorer.Margins(member.Fit.Graph, data, test)))];
            losses[^1] += PointwiseLoss.Mean(choice.Combine([.. choice.Members.Select(member => member.Calibration.Apply(member.Fit.OutOfFold))]), classes) / outer.Folds;
            Scatter(choice.Combine(answers), test, width, margins[^1]);
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
