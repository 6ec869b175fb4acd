using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>A random forest; its settings are sizes of leaves, the largest first. The margin is the logit of the mean probability.</summary>
internal sealed class ForestCandidate : TreeCandidate
{
    private readonly int _classes;
    private readonly int _samples;
    private readonly ulong _seed;
    private readonly ImmutableArray<ForestSetting> _settings;

    /// <summary>With the settings that are always tried.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="samples">Rows of the table, by which the settings are made.</param>
    /// <param name="seed">Seed of the run.</param>
    public ForestCandidate(int classes, int samples, ulong seed)
        : this(classes, samples, DefaultsFor(samples), seed)
    {
    }

    private ForestCandidate(int classes, int samples, ImmutableArray<ForestSetting> settings, ulong seed)
        : base(classes) => (_classes, _samples, _settings, _seed) = (classes, samples, settings, seed);

    public override string Name => "random forest";

    public override ImmutableArray<string> Settings => Draw < 0
        ? [.. _settings.Select(setting => string.Create(CultureInfo.InvariantCulture, $"leaves of at least {setting.LeafSamples}"))]
        : [Values(0).ToString()];

    public override SettingValues Values(int setting) => _settings[setting].Values();

    public override Candidate Drawn(ulong seed, int draw) =>
        new ForestCandidate(_classes, _samples, [ForestSetting.OfLot(_samples, seed, draw)], _seed) { Draw = draw };

    protected override FitRecord Fit(TreeSamples samples, FitTask task, int setting, FitProgressFile progress, CancellationToken cancellation) =>
        RandomForest.Fit(samples, _settings[setting].Options(samples.Features.Features), _seed, task.Stream, progress, task.Pool, cancellation);

    protected override Value AppendMargin(GraphBuilder builder, Value trees) => ForestMargin.Append(builder, trees, Margins);

    private static ImmutableArray<ForestSetting> DefaultsFor(int samples)
    {
        int trees = samples > NestedValidation.LargeRows / 2 ? 100 : 200;
        return samples > NestedValidation.LargeRows
            ? [new ForestSetting(Math.Max(20, samples / 1000), trees)]
            : [new ForestSetting(10, trees), new ForestSetting(3, trees)];
    }
}
