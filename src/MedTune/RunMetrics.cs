namespace MedTune;

/// <summary>The figures of a run by part.</summary>
/// <param name="OutOfFold">Out of fold on the training part.</param>
/// <param name="Test">On the sealed part or the test data; empty when there is none.</param>
public sealed record RunMetrics(Metrics OutOfFold, Metrics Test);
