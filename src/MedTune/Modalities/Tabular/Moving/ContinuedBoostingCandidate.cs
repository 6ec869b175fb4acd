using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Prediction;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>Boosting goes on from the source's margins: small new trees for what differs in the new patients.</summary>
internal sealed class ContinuedBoostingCandidate(ModelFile source, FeatureSpace space, string matrix) : TreeCorrectionCandidate(source, space, matrix)
{
    public const string Kind = "boosting continued";

    private const int Rounds = 200;
    private static readonly ImmutableArray<int> Depths = [1, 2];

    public override string Name => Kind;

    public override ImmutableArray<string> Settings => [.. Depths.Select(depth => string.Create(CultureInfo.InvariantCulture, $"depth {depth}"))];

    protected override void FitCorrection(
        FitTask task, Tensor matrix, float[] margins, int setting, FitRecord record, FitProgressFile progress, CancellationToken cancellation)
    {
        bool[] isCategory = [.. Source.Manifest.Columns.Select(column => column.Kind != PlanColumn.Number)];
        var samples = new TreeSamples(
            BinnedFeatures.Of(matrix.Values<float>(), isCategory, task.Rows.AsSpan()),
            [.. task.Rows.Select(row => task.Samples.Classes[row])],
            [.. task.Rows.Select(row => task.Groups[row])],
            task.ClassCount)
        {
            Offsets = [.. margins],
        };
        var options = new BoostingOptions
        {
            Rounds = Rounds,
            Tree = new TreeOptions { Depth = Depths[setting], Leaves = 1 << Depths[setting] },
        };
        var fitted = GradientBoosting.Fit(samples, options, task.Seed, task.Stream, progress, null, cancellation);
        foreach (string name in fitted.Names)
        {
            record[$"{setting}/continued/{name}"] = fitted[name];
        }
    }

    protected override IEnumerable<TreeEnsemble> Corrections(FitRecord record, int setting, int margins) =>
        [FittedTrees.Of(record, $"{setting}/continued/", margins)];
}
