namespace MedTune.Evaluation;

/// <summary>What deciding at one threshold is worth, in true positives per row: false positives are charged at the odds of the threshold.</summary>
/// <param name="Threshold">The risk from which one would act, between 0 and 1 exclusively.</param>
/// <param name="NetBenefit">Of acting on the model; doing nothing has 0.</param>
/// <param name="TreatAll">Of acting on every row.</param>
/// <param name="InterventionsAvoided">Per 100 rows, against acting on everyone, at no loss of net benefit; below 0 the model is worse than that.</param>
public readonly record struct DecisionPoint(double Threshold, Estimate NetBenefit, Estimate TreatAll, Estimate InterventionsAvoided);
