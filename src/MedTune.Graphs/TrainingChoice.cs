using System.Collections.Immutable;

namespace MedTune.Graphs;

/// <summary>What of a graph is trained, and how its normalization behaves meanwhile.</summary>
public sealed record TrainingChoice
{
    /// <summary>
    /// Patterns for the names of initializers and Constant nodes that move: <c>*</c> stands for any characters, <c>?</c> for one. By default <c>*</c>: every
    /// weight. A pattern takes only what can be a weight (no statistics, limits or ratios); a full name must be one.
    /// </summary>
    public ImmutableArray<string> Train { get; init; } = ["*"];

    /// <summary>Patterns for names that stay although <see cref="Train"/> takes them. None by default.</summary>
    public ImmutableArray<string> Freeze { get; init; } = [];

    /// <summary>
    /// Whether a BatchNormalization of which scale or bias moves uses the batch's mean and variance and moves its running ones (default), or
    /// keeps using the running ones as they are, as small batches want it.
    /// </summary>
    public bool UsesBatchStatistics { get; init; } = true;
}
