using System.Diagnostics;
using System.Globalization;
using MedTune.Data;

namespace MedTune.TabularBenchmark;

/// <summary>Every task on its fixed folds with default settings, beside the baselines.</summary>
internal static class TasksBenchmark
{
    private const string TooFewNegatives = "heart_switzerland";
    private const double Margin = 0.015;

    public static async Task<List<TaskResult>> RunAsync(IEnumerable<TaskEntry> entries, BenchmarkArguments arguments, CancellationToken cancellation)
    {
        var results = new List<TaskResult>();
        foreach (var entry in entries)
        {
            var watch = Stopwatch.StartNew();
            var dataset = Dataset.From(TableReader.Read(entry.File, entry.Options.Read), entry.Options);
            var folds = FoldFile.Read(entry.Folds, dataset).Assignment;
            var plan = Plan.For(dataset);
            plan = plan with { Search = arguments.Search };
            plan = arguments.Models.Length > 0 ? plan with { Models = [.. arguments.Models] } : plan;
            var options = new ExperimentOptions { Folds = folds, Threads = arguments.Threads };
            var run = await Experiment.RunAsync(plan, dataset, options, null, cancellation).ConfigureAwait(false);
            var result = new TaskResult(
                entry.Name,
                [.. run.Parts[0].Predictions.GroupBy(p => p.Fold).OrderBy(g => g.Key).Select(g => Scores.Of([.. g]))],
                watch.Elapsed.TotalSeconds,
                run.Model.Manifest.ModelKind,
                [.. run.Candidates],
                string.Join("; ", run.Events.Where(e => e.Step is "time limit" or "final fit").Select(e => e.Detail)));
            results.Add(result);
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Name}: AUROC {result.Mean.Auroc:F4}, log-loss {result.Mean.LogLoss:F4}, Brier {result.Mean.Brier:F4}, {result.Seconds:F1} s; {result.Note}"));
            foreach (var candidate in result.Candidates)
            {
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"    {candidate.Name}: log-loss {candidate.LogLoss:F4}, AUROC {candidate.Auroc:F4}, {candidate.Setting}, chosen in {candidate.TimesChosen} folds"));
            }
        }

        return results;
    }

    public static void Print(IReadOnlyList<TaskResult> results, Baselines baselines, TextWriter output)
    {
        foreach (var (figure, of) in Figures)
        {
            PrintFigure(results, baselines, figure, of, output);
        }

        PrintSeconds(results, baselines, output);
        PrintVerdicts(results, baselines, output);
    }

    private static IEnumerable<(string Figure, Func<Scores, double> Of)> Figures =>
        [("AUROC", s => s.Auroc), ("log-loss", s => s.LogLoss), ("Brier", s => s.Brier)];

    private static void PrintFigure(
        IReadOnlyList<TaskResult> results, Baselines baselines, string figure, Func<Scores, double> of, TextWriter output)
    {
        output.WriteLine($"**{figure}** (mean over the folds)\n");
        output.WriteLine($"| task | MedTune | {string.Join(" | ", baselines.Columns)} | MedTune against the best column |");
        output.WriteLine($"|---|---|{string.Concat(baselines.Columns.Select(_ => "---|"))}---|");
        foreach (var result in results)
        {
            double[] row = baselines.Of(figure, result.Name);
            double own = of(result.Mean);
            double best = Best(figure, row);
            output.WriteLine($"| {result.Name} | **{Text(own)}** | {string.Join(" | ", row.Select(Text))} | {Signed(own - best)} |");
        }

        var counted = results.Where(result => result.Name != TooFewNegatives).ToList();
        double[] means = [.. baselines.Columns.Select((_, c) => counted.Average(result => baselines.Of(figure, result.Name)[c]))];
        double ownMean = counted.Average(result => of(result.Mean));
        double oracle = counted.Average(result => Best(figure, baselines.Of(figure, result.Name)));
        output.WriteLine($"| mean of {counted.Count} without {TooFewNegatives} | **{Text(ownMean)}** | {string.Join(" | ", means.Select(Text))} | {Signed(ownMean - Best(figure, means))}; oracle {Text(oracle)} |\n");
    }

    private static void PrintSeconds(IReadOnlyList<TaskResult> results, Baselines baselines, TextWriter output)
    {
        output.WriteLine("**seconds** (MedTune: the whole run with nested validation, choice of model and final fit; baselines: one fit per fold)\n");
        output.WriteLine($"| task | MedTune | {string.Join(" | ", baselines.Columns)} | final model |");
        output.WriteLine($"|---|---|{string.Concat(baselines.Columns.Select(_ => "---|"))}---|");
        foreach (var result in results)
        {
            double[] row = baselines.Of("fit seconds", result.Name);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {result.Name} | **{result.Seconds:F1}** | {string.Join(" | ", row.Select(value => value.ToString("F2", CultureInfo.InvariantCulture)))} | {result.ModelKind} |"));
        }

        output.WriteLine();
    }

    private static void PrintVerdicts(IReadOnlyList<TaskResult> results, Baselines baselines, TextWriter output)
    {
        var counted = results.Where(result => result.Name != TooFewNegatives).ToList();
        output.WriteLine("**Verdicts** (set for all 14 tasks without heart_switzerland)\n");
        Verdict("AUROC", counted.Average(r => r.Mean.Auroc), 0.845, 0.851, higherIsBetter: true, counted.Count, output);
        Verdict("log-loss", counted.Average(r => r.Mean.LogLoss), 0.335, 0.323, higherIsBetter: false, counted.Count, output);
        Verdict("Brier", counted.Average(r => r.Mean.Brier), 0.106, 0.103, higherIsBetter: false, counted.Count, output);
        output.WriteLine();
        output.WriteLine("Tasks behind their best column by more than .015. The baselines give no per-fold figures, so the paired standard error is not known;");
        output.WriteLine("beside each difference stands the standard error of our own mean over the folds.\n");
        foreach (var result in counted)
        {
            foreach (var (figure, of) in Figures)
            {
                double worse = (of(result.Mean) - Best(figure, baselines.Of(figure, result.Name))) * (figure == "AUROC" ? -1 : 1);
                if (worse > Margin)
                {
                    output.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"- {result.Name}, {figure}: behind by {worse:F3} (own standard error {StandardError(result.Folds, of):F3})"));
                }
            }
        }

        output.WriteLine();
    }

    private static void Verdict(string figure, double own, double limit, double goal, bool higherIsBetter, int tasks, TextWriter output)
    {
        bool reached = higherIsBetter ? own >= limit : own <= limit;
        bool goalReached = higherIsBetter ? own >= goal : own <= goal;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"- {figure} {own:F4} over {tasks} tasks; to reach {limit}: {(reached ? "reached" : "not reached")}; oracle {goal}: {(goalReached ? "reached" : "not reached")}"));
    }

    private static double StandardError(Scores[] folds, Func<Scores, double> of)
    {
        double mean = folds.Average(of);
        return Math.Sqrt(folds.Sum(fold => (of(fold) - mean) * (of(fold) - mean)) / (folds.Length - 1) / folds.Length);
    }

    private static double Best(string figure, double[] values) => figure == "AUROC" ? values.Max() : values.Min();

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);
}
