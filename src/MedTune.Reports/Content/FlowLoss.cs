namespace MedTune.Reports;

/// <summary>Rows left out, and why.</summary>
/// <param name="Samples">How many rows.</param>
/// <param name="Reason">Why, for example <c>the outcome is missing</c>.</param>
public sealed record FlowLoss(int Samples, string Reason);
