namespace MedTune.Evaluation;

/// <summary>What a rule made of predictions.</summary>
/// <param name="Threshold">Rows with at least this probability are called positive.</param>
/// <param name="Sensitivity">Reached on the predictions it was chosen on; NaN without positive rows.</param>
/// <param name="Specificity">Reached on the predictions it was chosen on; NaN without negative rows.</param>
/// <param name="IsReached">Whether the rule's condition holds there; where none can reach it, the nearest threshold is given.</param>
public sealed record ThresholdChoice(double Threshold, double Sensitivity, double Specificity, bool IsReached);
