namespace MedTune.Graphs;

/// <summary>A running mean or variance that a training step moves.</summary>
/// <param name="Initializer">The initializer that holds it between steps.</param>
/// <param name="Output">The output of the training graph that gives its next value.</param>
public readonly record struct RunningStatistic(string Initializer, string Output);
