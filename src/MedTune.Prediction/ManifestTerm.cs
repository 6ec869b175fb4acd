using System.Collections.Immutable;

namespace MedTune.Prediction;

/// <summary>One term of a linear model: a value times its weight, or the weight of a level.</summary>
public sealed record ManifestTerm
{
    /// <summary>The raw column it belongs to.</summary>
    public required string Column { get; init; }

    /// <summary>What the term is, for people: <c>age</c>, <c>chol is missing</c>, <c>thal</c>.</summary>
    public required string Label { get; init; }

    /// <summary>The value that is multiplied (a row of features) or looked up (level codes).</summary>
    public required string Input { get; init; }

    /// <summary>The initializer with the weights: [features, K] or [levels, K].</summary>
    public required string Weights { get; init; }

    /// <summary>The feature's place in the row of features; -1 for a table of levels.</summary>
    public required int Index { get; init; }

    /// <summary>The feature's mean over the training samples; unused for levels.</summary>
    public double Mean { get; init; }

    /// <summary>For a table of levels: the mean over the training samples of what it added, one per margin.</summary>
    public ImmutableArray<double> MeanContribution { get; init; } = [];

    /// <summary>What one standardised unit is in the column's own unit; 0 where that makes no sense.</summary>
    public double Scale { get; init; }
}
