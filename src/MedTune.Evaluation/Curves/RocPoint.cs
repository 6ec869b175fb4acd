namespace MedTune.Evaluation;

/// <summary>One point of a ROC curve.</summary>
/// <param name="Threshold">Rows with at least this probability are called positive; infinite at the start, where none is.</param>
/// <param name="FalsePositiveRate">1 - specificity.</param>
/// <param name="TruePositiveRate">Sensitivity.</param>
public readonly record struct RocPoint(double Threshold, double FalsePositiveRate, double TruePositiveRate);
