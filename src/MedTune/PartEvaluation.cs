using System.Collections.Immutable;
using MedTune.Evaluation;

namespace MedTune;

/// <summary>One part of the data with its predictions and how good they are.</summary>
/// <param name="Part"><c>oof</c> (out of fold), <c>test</c> (sealed or given apart), <c>external</c> (new data).</param>
/// <param name="Predictions">One per sample.</param>
/// <param name="Metrics">The figures.</param>
public sealed record PartEvaluation(string Part, ImmutableArray<SamplePrediction> Predictions, Metrics Metrics)
{
    /// <summary>The figures of each finding and over all; null for classes.</summary>
    public MultilabelEvaluation? Multilabel { get; init; }

    /// <summary>Curves and counts for two classes; null for several.</summary>
    public BinaryEvaluation? Binary { get; init; }

    /// <summary>Curves and counts for several classes; null for two.</summary>
    public MulticlassEvaluation? Multiclass { get; init; }

    /// <summary>How often sets of classes that cannot be ruled out hold the truth, and how large they are; null without such a rule.</summary>
    public ConformalEvaluation? Sets { get; init; }

    /// <summary>The same for each of several findings, whose sets hold its presence, its absence, both or neither; empty for classes and without such a rule.</summary>
    public ImmutableArray<ConformalEvaluation> FindingSets { get; init; } = [];

    /// <summary>What deciding on the model is worth over the thresholds, for two classes; null for several.</summary>
    public DecisionCurve? Decision { get; init; }

    /// <summary>The figures for groups of people, for two classes; empty for several or where no column says.</summary>
    public ImmutableArray<SubgroupFigures> Subgroups { get; init; } = [];
}
