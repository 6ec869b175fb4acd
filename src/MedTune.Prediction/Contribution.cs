namespace MedTune.Prediction;

/// <summary>What one raw column added to an answer.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">What the sample had there, as the model took it; empty when missing.</param>
/// <param name="LogOdds">Added to the log-odds before calibration, compared with the reference patient.</param>
public sealed record Contribution(string Column, string Value, double LogOdds);
