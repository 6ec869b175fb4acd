using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>Gradient boosting; its settings are sizes of trees, the smallest first. The number of rounds is found inside each fit.</summary>
internal sealed class BoostingCandidate : TreeCandidate
{
    // Above this many samples one held-out part tells the number of rounds as well as five, and steps may be longer.
    private const int ManySamples = 5000;

    /// <summary>Some categories of large tables have hundreds of levels: small sets that many samples support, or trees fit noise.</summary>
    internal static readonly TreeOptions LargeTables = new() { SetSize = 4, LevelRidge = 20, LevelSmoothing = 50, ChildWeight = 5 };

    private readonly int _classes;
    private readonly ulong _seed;
    private readonly ImmutableArray<BoostingOptions> _settings;

    /// <summary>With the settings that are always tried.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="samples">Rows of the table, by which the settings are made.</param>
    /// <param name="seed">Seed of the run.</param>
    public BoostingCandidate(int classes, int samples, ulong seed)
        : this(classes, DefaultsFor(samples), seed)
    {
    }

    private BoostingCandidate(int classes, ImmutableArray<BoostingOptions> settings, ulong seed)
        : base(classes) => (_classes, _settings, _seed) = (classes, settings, seed);

    public override string Name => "gradient boosting";

    public override ImmutableArray<string> Settings => Draw < 0
        ? [.. _settings.Select(options => string.Create(CultureInfo.InvariantCulture, $"depth {options.Tree.Depth}"))]
        : [Values(0).ToString()];

    public override SettingValues Values(int setting) => BoostingSpace.Values(_settings[setting]);

    public override Candidate Drawn(ulong seed, int draw) =>
        new BoostingCandidate(_classes, [BoostingSpace.Draw(_settings[0], seed, draw)], _seed) { Draw = draw };

    protected override FitRecord Fit(TreeSamples samples, FitTask task, int setting, FitProgressFile progress, CancellationToken cancellation) =>
        GradientBoosting.Fit(samples, _settings[setting], _seed, task.Stream, progress, task.Pool, cancellation);

    protected override Value AppendMargin(GraphBuilder builder, Value trees) => trees;

    /// <summary>
    /// The child weight is a sum of p (1 - p): where one in a hundred has the outcome, 1 is a hundred samples already, and more would leave
    /// small groups that surely have it in one leaf with others.
    /// </summary>
    private static ImmutableArray<BoostingOptions> DefaultsFor(int samples)
    {
        bool many = samples > ManySamples;
        bool large = samples > NestedValidation.LargeRows;
        var tree = large ? LargeTables : new TreeOptions();
        ImmutableArray<int> depths = large ? [6] : [1, 2, 4];
        return
        [
            .. depths.Select(depth => new BoostingOptions
            {
                LearningRate = many ? 0.1 : 0.05,
                StoppingFolds = many ? 1 : 5,
                Tree = tree with { Depth = depth, Leaves = 1 << depth },
            }),
        ];
    }
}
