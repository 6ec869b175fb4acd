namespace MedTune.Evaluation;

/// <summary>Patients of similar predicted effect, and the effect they had.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Patients">Patients.</param>
/// <param name="LowestPredicted">The smallest predicted effect among them.</param>
/// <param name="HighestPredicted">The largest.</param>
/// <param name="MeanPredicted">The mean predicted effect.</param>
/// <param name="Effect">The doubly robust average effect among them.</param>
public sealed record EffectGroup(int Rows, int Patients, double LowestPredicted, double HighestPredicted, double MeanPredicted, EffectEstimate Effect);
