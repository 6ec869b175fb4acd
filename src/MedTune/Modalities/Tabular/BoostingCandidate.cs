using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>Gradient boosting; its settings are sizes of trees, the smallest first. The number of rounds is found inside each fit.</summary>
internal sealed class BoostingCandidate(int classes, int samples, ulong seed) : TreeCandidate(classes)
{
    // Above this many samples one held-out part tells the number of rounds as well as five, and steps may be longer.
    private const int ManySamples = 5000;

    /// <summary>Some categories of large tables have hundreds of levels: small sets that many samples support, or trees fit noise.</summary>
    internal static readonly TreeOptions LargeTables = new() { SetSize = 4, LevelRidge = 20, LevelSmoothing = 50 };

    private readonly TreeOptions _tree = samples > NestedValidation.LargeRows ? LargeTables : new TreeOptions();
    private readonly ImmutableArray<int> _depths = samples > NestedValidation.LargeRows ? [6] : [1, 2, 4];

    public override string Name => "gradient boosting";

    public override ImmutableArray<string> Settings =>
        [.. _depths.Select(depth => string.Create(CultureInfo.InvariantCulture, $"depth {depth}"))];

    protected override FitRecord Fit(TreeSamples samples, FitTask task, int setting, FitProgressFile progress, CancellationToken cancellation)
    {
        bool many = samples.Count > ManySamples;
        var options = new BoostingOptions
        {
            LearningRate = many ? 0.1 : 0.05,
            StoppingFolds = many ? 1 : 5,
            Tree = _tree with { Depth = _depths[setting], Leaves = 1 << _depths[setting], ChildWeight = many ? 5 : 1 },
        };
        return GradientBoosting.Fit(samples, options, seed, task.Stream, progress, task.Pool, cancellation);
    }

    protected override Value AppendMargin(GraphBuilder builder, Value trees) => trees;
}
