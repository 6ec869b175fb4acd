using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using MedTune.Data;
using MedTune.Evaluation;
using MedTune.Graphs;
using MedTune.Modalities.Tabular;
using MedTune.TabularBenchmark;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.PeerBenchmark;

/// <summary>One MedTune fit on four folds of diabetes130, judged on the fifth by the graph that would be exported.</summary>
internal static class OwnFit
{
    public const string Logistic = "logistic";
    public const string Boosting = "boosting";

    private const int Rounds = 300;
    private const int HeldOut = 0;

    public static FitFigures Run(string kind, string folder, int threads)
    {
        var watch = Stopwatch.StartNew();
        var entry = TaskEntry.ReadAll(folder).Single(task => task.Name == "diabetes130");
        var dataset = Dataset.From(TableReader.Read(entry.File, entry.Options.Read), entry.Options);
        int[] folds = [.. FoldFile.Read(entry.Folds, dataset).Assignment.FoldOfRow];
        double read = watch.Elapsed.TotalSeconds;

        watch.Restart();
        int[] train = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] is >= 0 and not HeldOut)];
        int[] test = [.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == HeldOut)];
        using var pool = new TaskPool(threads);
        var data = TabularData.For(dataset, Plan.For(dataset).Columns);
        var space = FeatureSpace.Measure(data, train);
        Candidate candidate = kind == Logistic ? new LogisticCandidate([1], 2) : new FixedBoosting();
        var own = candidate.Space(space);
        var task = new FitTask(own, [.. train], data.Groups, 2, 1, 0) { Pool = pool };
        if (kind == Boosting)
        {
            // The peer's clock starts when its matrix of numbers and codes is ready, and so does ours.
            _ = own.Samples;
            read += watch.Elapsed.TotalSeconds;
            watch.Restart();
        }

        using var journal = FitJournal.InMemory();
        var record = journal.GetOrFit(kind, progress => candidate.Fit(task, progress, CancellationToken.None));
        double fit = watch.Elapsed.TotalSeconds;

        var head = candidate.Fitted(space, 0, record, 0);
        float[] margins = HeadScores.Of(head.FromSamples(own.Samples), head.Margin, own.Samples, test);
        int[] classes = [.. test.Select(row => data.Classes[row])];
        string note = kind == Logistic
            ? string.Create(CultureInfo.InvariantCulture, $"{record["0/convergence"][2]:0} iterations, largest gradient {record["0/convergence"][1]:0.0e+0}")
            : $"{Rounds} trees; the matrix ready before the clock starts";
        return new FitFigures(
            "MedTune", read, fit, PointwiseLoss.Mean(margins, classes), Auroc.Of([.. margins.Select(margin => (double)margin)], classes), PeakMemory.Megabytes(), note);
    }

    /// <summary>The setting of the peer: 300 rounds of depth 6, learning rate 0.05, all rows and features, no search for the rounds.</summary>
    private sealed class FixedBoosting() : TreeCandidate(2)
    {
        public override string Name => "gradient boosting";

        public override ImmutableArray<string> Settings => ["depth 6"];

        protected override FitRecord Fit(TreeSamples samples, FitTask task, int setting, FitProgressFile progress, CancellationToken cancellation)
        {
            var options = new BoostingOptions
            {
                Rounds = Rounds,
                LearningRate = 0.05,
                RowShare = 1,
                FeatureShare = 1,
                StoppingFolds = 0,
                Tree = BoostingCandidate.LargeTables with { Depth = 6, Leaves = 64 },
            };
            return GradientBoosting.Fit(samples, options, task.Seed, task.Stream, progress, task.Pool, cancellation);
        }

        protected override Value AppendMargin(GraphBuilder builder, Value trees) => trees;
    }
}
