namespace MedTune.Evaluation;

/// <summary>One point of a precision-recall curve.</summary>
/// <param name="Threshold">Rows with at least this probability are called positive.</param>
/// <param name="Recall">Sensitivity.</param>
/// <param name="Precision">Positive predictive value.</param>
public readonly record struct PrecisionRecallPoint(double Threshold, double Recall, double Precision);
