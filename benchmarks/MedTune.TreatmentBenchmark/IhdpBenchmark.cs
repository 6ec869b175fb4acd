using System.Globalization;
using MedTune.Data;
using MedTune.Modalities.Treatment;
using MedTune.Tensors;

namespace MedTune.TreatmentBenchmark;

/// <summary>IHDP: ten replications with known effects. The truth scores what was chosen by held-out loss; it chooses nothing.</summary>
internal static class IhdpBenchmark
{
    public static void Run(SharedFiles files, BenchmarkArguments arguments, TaskPool pool)
    {
        var splits = files.Read("ihdp", "splits.csv");
        var chosen = new List<double>();
        var constant = new List<double>();
        var each = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        Console.WriteLine("## IHDP, root of PEHE on the scored rows\n\n| replication | same effect for everybody | MedTune | learner | share kept | outcome by | propensity by |\n|---|---|---|---|---|---|---|");
        for (int replication = 1; replication <= Math.Min(10, arguments.Splits); replication++)
        {
            string number = replication.ToString(CultureInfo.InvariantCulture);
            var table = files.Read("ihdp", $"ihdp_npci_{number}.csv");
            double[] truth = [.. SharedFiles.Numbers(table, "mu1").Zip(SharedFiles.Numbers(table, "mu0"), (treated, control) => treated - control)];
            double[] marks = SharedFiles.Numbers(splits, $"rep{number}");
            int[] fitted = SharedFiles.RowsWhere(marks, 0), scored = SharedFiles.RowsWhere(marks, 1);
            var data = TreatmentData.From(
                table, new TreatmentColumns("treatment", "y_factual"), new DatasetOptions { Drop = ["y_cfactual", "mu0", "mu1"], ChecksLeaks = false });
            var (samples, _) = data.Measure(fitted);
            var model = TreatmentModel.Fit(new TreatmentTask(samples, fitted, arguments.Seed, pool), keepsOthers: true);
            double[] scoredTruth = Array.ConvertAll(scored, row => truth[row]);
            chosen.Add(Errors.Pehe(model.Effects(scored), scoredTruth));
            double average = model.Nuisances is var nuisances ? fitted.Average(row => nuisances.Score(samples, row, 1)) : 0;
            constant.Add(Errors.Pehe([.. scored.Select(_ => average)], scoredTruth));
            double[] propensities = model.Propensities.Predict(scored);
            foreach (var (name, other) in model.Others)
            {
                if (!each.TryGetValue(name, out var list))
                {
                    each.Add(name, list = []);
                }

                list.Add(Errors.Pehe(other.Effects(samples.Features, scored, propensities), scoredTruth));
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {replication} | {constant[^1]:0.00} | {chosen[^1]:0.00} | {model.Chosen} | {model.Share:0.00} | {EffectLearner.NameOf(model.OutcomeKind)} | {model.Propensities.Kind} |"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| mean | {constant.Average():0.00} | {chosen.Average():0.00} | | | | |\n| median | {Errors.Median(constant):0.00} | {Errors.Median(chosen):0.00} | | | | |\n"));
        Console.WriteLine("Targets: mean at most 1.85, median at most .52. Every learner by itself, not chosen by anything:\n\n| learner | mean | median | each |\n|---|---|---|---|");
        foreach (var (name, errors) in each)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {errors.Average():0.00} | {Errors.Median(errors):0.00} | {string.Join(' ', errors.Select(error => error.ToString("0.00", CultureInfo.InvariantCulture)))} |"));
        }

        Console.WriteLine();
    }
}
