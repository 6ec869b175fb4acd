namespace MedTune.Evaluation;

/// <summary>One point of the smooth calibration curve.</summary>
/// <param name="Predicted">Predicted probability.</param>
/// <param name="Observed">Smoothed share of positive rows there, 0 to 1.</param>
/// <param name="Low">Lower end of the pointwise interval.</param>
/// <param name="High">Upper end of the pointwise interval.</param>
public readonly record struct CalibrationPoint(double Predicted, double Observed, double Low, double High);
