namespace MedTune.Reports;

/// <summary>Rows with alike predicted risk.</summary>
/// <param name="Predicted">Their mean predicted risk, 0..1.</param>
/// <param name="Observed">The share of them with the outcome, 0..1.</param>
/// <param name="Low">Lower end of the 95 % interval of <paramref name="Observed"/>; NaN when there is none.</param>
/// <param name="High">Upper end of the 95 % interval of <paramref name="Observed"/>; NaN when there is none.</param>
/// <param name="Samples">How many rows.</param>
public readonly record struct RiskGroup(double Predicted, double Observed, double Low, double High, int Samples);
