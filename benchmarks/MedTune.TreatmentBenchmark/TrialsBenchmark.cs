using System.Globalization;
using MedTune.Data;
using MedTune.Evaluation;
using MedTune.Modalities.Treatment;
using MedTune.Tensors;

namespace MedTune.TreatmentBenchmark;

/// <summary>The trials: the average effect beside the published one, and whether choosing by the model helps, over all splits. AUTOC decides; that was fixed beforehand.</summary>
internal static class TrialsBenchmark
{
    public static void Run(IEnumerable<TrialQuestion> questions, BenchmarkArguments arguments, TaskPool pool)
    {
        foreach (var question in questions)
        {
            Console.WriteLine($"## {question.Name}\n");
            var data = question.Data;
            var (all, _) = data.Measure(data.Rows);
            var average = AverageEffect.Of(Scores(new TreatmentTask(all, data.Rows, arguments.Seed, pool)));
            string against = question.Published is { } published
                ? $"; published interval {Text(published.Low)} to {Text(published.High)} ({published.Source}): {(average.Value >= published.Low && average.Value <= published.High ? "inside" : "OUTSIDE")}"
                : "";
            Console.WriteLine($"Average effect {Text(average.Value)} ({Text(average.Figure.Low)} to {Text(average.Figure.High)}), {average.Rows} rows{against}.\n");

            var autocs = new List<EffectEstimate>();
            var qinis = new List<EffectEstimate>();
            Console.WriteLine("| split | chosen on the fitted half | share kept | AUTOC on the scored half |\n|---|---|---|---|");
            for (int split = 0; split < Math.Min(question.Splits.Length, arguments.Splits); split++)
            {
                double[] marks = question.Splits[split];
                int[] fitted = Array.FindAll(data.Rows, row => marks[row] == 0), scored = Array.FindAll(data.Rows, row => marks[row] == 1);
                var (samples, _) = data.Measure(fitted);
                var model = TreatmentModel.Fit(new TreatmentTask(samples, fitted, arguments.Seed, pool));
                var curve = TargetingCurve.Of(Scores(new TreatmentTask(samples, scored, arguments.Seed, pool) { Bases = [BaseKind.Smooth] }), model.Effects(scored));
                autocs.Add(curve.Autoc);
                qinis.Add(curve.Qini);
                Console.WriteLine($"| {split} | {model.Chosen} | {Text(model.Share)} | {Text(curve.Autoc.Value)} ({Text(curve.Autoc.Figure.Low)} to {Text(curve.Autoc.Figure.High)}) |");
            }

            var evidence = RankingEvidence.Of(autocs);
            var qini = RankingEvidence.Of(qinis);
            string verdict = evidence.IsClaimed ? "Evidence that choosing by the model helps" : "No evidence of useful heterogeneity";
            string expected = question.IsPlanted == evidence.IsClaimed ? "as expected" : "NOT as expected";
            Console.WriteLine($"\n**{verdict}** ({expected}): AUTOC {Text(evidence.Figure.Value)} ({Text(evidence.Figure.Low)} to {Text(evidence.Figure.High)}), p {Text(evidence.PValue)}, above 0 in {evidence.SplitsAbove} of {evidence.Splits} splits; Qini p {Text(qini.PValue)}.\n");
            Console.Out.Flush();
        }
    }

    /// <summary>Doubly robust scores from outcome models cross-fitted among the rows of a task; the propensities are the design's.</summary>
    private static EffectScores Scores(TreatmentTask task)
    {
        var samples = task.Samples;
        var folds = Splits.KFold(samples.Arms, samples.Groups, task.Folds, task.Seed, task.Rows);
        var (_, expected) = new OutcomeModels(task, folds).Best();
        var nuisances = new Nuisances(samples.KnownPropensities!, expected, new bool[samples.Count], samples.ArmCount);
        return new EffectScores(Array.ConvertAll(task.Rows, row => nuisances.Score(samples, row, 1)), Array.ConvertAll(task.Rows, row => samples.Groups[row]));
    }

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 10 ? "0.0" : "0.0000", CultureInfo.InvariantCulture);
}
