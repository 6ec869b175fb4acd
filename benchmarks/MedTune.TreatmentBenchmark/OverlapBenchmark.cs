using System.Globalization;
using MedTune.Data;
using MedTune.Evaluation;
using MedTune.Modalities.Treatment;
using MedTune.Tensors;

namespace MedTune.TreatmentBenchmark;

/// <summary>The made-up observational set with a region without overlap.</summary>
internal static class OverlapBenchmark
{
    public static void Run(SharedFiles files, BenchmarkArguments arguments, TaskPool pool)
    {
        var table = files.Read("synth_overlap", "data.csv");
        var truth = files.Read("synth_overlap", "truth.csv");
        double[] marks = SharedFiles.Numbers(files.Read("synth_overlap", "splits.csv"), "split");
        int[] fitted = SharedFiles.RowsWhere(marks, 0), scored = SharedFiles.RowsWhere(marks, 1);
        double[] effect = SharedFiles.Numbers(truth, "cate"), overlap = SharedFiles.Numbers(truth, "overlap");
        var said = new TreatmentColumns("treated", "score_day90");
        var asked = new TreatmentChecks(TreatmentData.From(table, said, new DatasetOptions { Patient = "patient", ChecksLeaks = false }), said).Look();
        Console.WriteLine($"## synth_overlap\n\nAsked about before use: {string.Join(", ", asked.Select(finding => $"{finding.Column} ({finding.Code})"))}.\n");

        var data = TreatmentData.From(table, said, new DatasetOptions { Patient = "patient", Drop = ["response_day7"], ChecksLeaks = false });
        var (samples, _) = data.Measure(fitted);
        var model = TreatmentModel.Fit(new TreatmentTask(samples, fitted, arguments.Seed, pool), keepsOthers: true);
        int[] inside = Array.FindAll(scored, row => overlap[row] == 1);
        double[] insideTruth = Array.ConvertAll(inside, row => effect[row]);

        bool[] flags = model.Propensities.PredictOutside(scored);
        var isOutside = new bool[samples.Count];
        foreach (int row in fitted)
        {
            isOutside[row] = model.Nuisances.IsOutside[row];
        }

        for (int i = 0; i < scored.Length; i++)
        {
            isOutside[scored[i]] = flags[i];
        }

        int without = overlap.Count(value => value == 0);
        int found = Enumerable.Range(0, isOutside.Length).Count(row => isOutside[row] && overlap[row] == 0);
        int wrong = Enumerable.Range(0, isOutside.Length).Count(row => isOutside[row] && overlap[row] == 1);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Flagged {found} of {without} rows without overlap ({(double)found / without:P1}) and {wrong} of {overlap.Length - without} others ({(double)wrong / (overlap.Length - without):P1}); targets: at least 95 % and under 5 %.\n"));

        // The ranking is judged by scores of models fitted on the scored half alone.
        int[] judged = [.. scored.Where((_, i) => !flags[i])];
        var judge = TreatmentModel.Fit(new TreatmentTask(samples, scored, arguments.Seed + 1, pool) { Bases = [BaseKind.SmoothThenBoosted] });
        var scores = new EffectScores(Array.ConvertAll(judged, row => judge.Nuisances.Score(samples, row, 1)), Array.ConvertAll(judged, row => samples.Groups[row]));
        Console.WriteLine("| learner | held-out loss | root of PEHE inside overlap | AUTOC (95 % interval) |\n|---|---|---|---|");
        double[] propensities = model.Propensities.Predict(inside), judgedPropensities = model.Propensities.Predict(judged);
        foreach (var (name, other) in model.Others)
        {
            Line(name, other.Effects(samples.Features, inside, propensities), other.Effects(samples.Features, judged, judgedPropensities));
        }

        Line($"**chosen: {model.Chosen}**, share kept {model.Share.ToString("0.00", CultureInfo.InvariantCulture)}", model.Effects(inside), model.Effects(judged));
        Line("the truth itself", insideTruth, Array.ConvertAll(judged, row => effect[row]));
        Console.WriteLine("\nTargets: at most .53; at least 1.24.\n");

        void Line(string name, double[] insideEffects, double[] judgedEffects)
        {
            var autoc = TargetingCurve.Of(scores, judgedEffects).Autoc;
            double loss = model.Learners.FirstOrDefault(learner => learner.Name == name)?.Loss ?? double.NaN;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {loss:0.000} | {Errors.Pehe(insideEffects, insideTruth):0.000} | {autoc.Value:0.000} ({autoc.Figure.Low:0.000} to {autoc.Figure.High:0.000}) |"));
        }
    }
}
