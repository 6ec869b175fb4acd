using System.Diagnostics;
using System.Globalization;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune.TabularBenchmark;

/// <summary>Cleveland's model moved to three other hospitals with few labelled patients: one default command per cell and seed.</summary>
internal static class TransferBenchmark
{
    private const string SourceTask = "heart_cleveland";
    private static readonly int[] Counts = [20, 50, 100, int.MaxValue];

    public static async Task<TransferResult> RunAsync(
        IReadOnlyList<TaskEntry> entries, string folder, BenchmarkArguments arguments, CancellationToken cancellation)
    {
        var splits = TransferSplits.Read(Path.Combine(folder, "heart_disease", "transfer_splits.csv"));
        var watch = Stopwatch.StartNew();
        var source = await SourceAsync(entries.First(entry => entry.Name == SourceTask), arguments, cancellation).ConfigureAwait(false);
        var cells = new List<TransferCell>();
        string work = Directory.CreateTempSubdirectory("medtune-transfer-").FullName;
        try
        {
            foreach (string target in splits.Targets)
            {
                var entry = entries.First(candidate => candidate.Name == target);
                foreach (int count in Counts.Select(k => Math.Min(k, splits.Pool(target, 0))).Distinct())
                {
                    cells.Add(await CellAsync(entry, splits, count, source, work, arguments, cancellation).ConfigureAwait(false));
                }
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        return new TransferResult(source.Manifest.ModelKind, cells, watch.Elapsed.TotalSeconds);
    }

    private static async Task<ModelFile> SourceAsync(TaskEntry entry, BenchmarkArguments arguments, CancellationToken cancellation)
    {
        var dataset = Dataset.From(TableReader.Read(entry.File, entry.Options.Read), entry.Options);
        var plan = Plan.For(dataset);
        plan = arguments.Models.Length > 0 ? plan with { Models = [.. arguments.Models] } : plan;

        // With the folds given nothing is sealed: the source learns from all its patients, as the baselines' sources did.
        var options = new ExperimentOptions { Folds = FoldFile.Read(entry.Folds, dataset).Assignment, Threads = arguments.Threads };
        var run = await Experiment.RunAsync(plan, dataset, options, null, cancellation).ConfigureAwait(false);
        return run.Model;
    }

    private static async Task<TransferCell> CellAsync(
        TaskEntry entry, TransferSplits splits, int count, ModelFile source, string work, BenchmarkArguments arguments, CancellationToken cancellation)
    {
        var own = new List<Scores>();
        var untouched = new List<Scores>();
        var shifted = new List<Scores>();
        var chosen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var watch = Stopwatch.StartNew();
        for (int seed = 0; seed < arguments.Seeds; seed++)
        {
            var labelled = Part(entry, splits.Labelled(entry.Name, seed, count), source, Path.Combine(work, "labelled.csv"));
            var test = Part(entry, splits.TestRows(entry.Name, seed), source, Path.Combine(work, "test.csv"));
            var plan = Plan.For(labelled) with { From = source };
            var options = new ExperimentOptions { Test = test, Threads = arguments.Threads };
            var run = await Experiment.RunAsync(plan, labelled, options, null, cancellation).ConfigureAwait(false);
            own.Add(Scores.Of(run.Parts[1]));
            string adaptation = run.Model.Manifest.Parent!.Adaptation;
            chosen[adaptation] = chosen.GetValueOrDefault(adaptation) + 1;
            double[] testMargins = Margins(source, test);
            untouched.Add(ScoresOf(testMargins, 0, test.Target));
            shifted.Add(ScoresOf(testMargins, InterceptOf(Margins(source, labelled), labelled.Target), test.Target));
        }

        var cell = new TransferCell(entry.Name, count, [.. own], [.. untouched], [.. shifted], chosen);
        var mean = Scores.Mean(own);
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Name}, {count} patients: AUROC {mean.Auroc:F4}, log-loss {mean.LogLoss:F4}, with a new intercept {Scores.Mean(shifted).LogLoss:F4}, {watch.Elapsed.TotalSeconds:F1} s; {string.Join(", ", chosen.Select(pair => $"{pair.Key} {pair.Value}"))}"));
        return cell;
    }

    /// <summary>Some rows of a hospital's file, written to a file of their own and read as a user's file would be.</summary>
    private static Dataset Part(TaskEntry entry, int[] rows, ModelFile source, string path)
    {
        string[] lines = File.ReadAllLines(entry.File);
        File.WriteAllLines(path, [lines[0], .. rows.Select(row => lines[row + 1])]);
        return Dataset.From(TableReader.Read(path, entry.Options.Read), entry.Options with
        {
            ClassNames = source.Manifest.Classes,
            Schema = SchemaOf(source.Manifest),
        });
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, FeatureSchema> SchemaOf(Manifest manifest) =>
        System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            manifest.Columns.Select(column => KeyValuePair.Create(
                column.Name,
                new FeatureSchema(column.Kind == "number" ? ColumnKind.Number : ColumnKind.Category, column.Kind != "category"))));

    private static double[] Margins(ModelFile model, Dataset dataset)
    {
        using var predictor = new Predictor(model);
        return [.. predictor.Predict(dataset.Table).Select(prediction =>
        {
            double p = Math.Clamp(prediction.Probabilities[1], 1e-7, 1 - 1e-7);
            return Math.Log(p / (1 - p));
        })];
    }

    private static Scores ScoresOf(double[] margins, double intercept, int[] targets) =>
        Scores.Of([.. margins.Select(margin => 1 / (1 + Math.Exp(-margin - intercept)))], targets);

    /// <summary>The intercept of greatest likelihood, by bisection on its derivative.</summary>
    private static double InterceptOf(double[] margins, int[] targets)
    {
        double low = -30;
        double high = 30;
        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (low + high);
            double excess = margins.Zip(targets, (margin, target) => 1 / (1 + Math.Exp(-margin - middle)) - target).Sum();
            (low, high) = excess > 0 ? (low, middle) : (middle, high);
        }

        return 0.5 * (low + high);
    }
}
