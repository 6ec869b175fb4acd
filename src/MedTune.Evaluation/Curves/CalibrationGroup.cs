namespace MedTune.Evaluation;

/// <summary>Rows of similar predicted probability: what was predicted and what happened.</summary>
/// <param name="Count">Rows.</param>
/// <param name="Positives">Rows that are positive.</param>
/// <param name="MeanPredicted">Mean predicted probability.</param>
/// <param name="Observed">Share of positive rows with Wilson's interval.</param>
public sealed record CalibrationGroup(int Count, int Positives, double MeanPredicted, Estimate Observed);
