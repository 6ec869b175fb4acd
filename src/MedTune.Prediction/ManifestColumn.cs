using System.Collections.Immutable;

namespace MedTune.Prediction;

/// <summary>One raw column that goes into the model.</summary>
public sealed record ManifestColumn
{
    /// <summary>The column's name in the data, which is also the graph input's name.</summary>
    public required string Name { get; init; }

    /// <summary><c>number</c>: Float [N,1], missing as NaN. <c>category</c>: String [N,1], missing as the empty string. <c>coded</c>: a category whose levels are numbers, Float [N,1].</summary>
    public required string Kind { get; init; }

    /// <summary>The smallest value seen in training; null for categories.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest value seen in training; null for categories.</summary>
    public double? Maximum { get; init; }

    /// <summary>The value a missing number is filled with; null for categories.</summary>
    public double? Fill { get; init; }

    /// <summary>The levels known, in the order of their codes; empty for numbers.</summary>
    public ImmutableArray<string> Levels { get; init; } = [];

    /// <summary>The most frequent level; empty for numbers.</summary>
    public string Mode { get; init; } = "";

    /// <summary>The share of training samples in which the value was missing.</summary>
    public double MissingShare { get; init; }

    /// <summary>Unit, when the data told one.</summary>
    public string Unit { get; init; } = "";
}
