namespace MedTune.Evaluation;

/// <summary>What a model reaches on pictures (or other rows) corrupted to one level.</summary>
/// <param name="Level">0 for the rows as they are, then 1, 2 and so on.</param>
/// <param name="Value">The metric at this level, with its interval.</param>
/// <param name="Difference">This level minus level 0, row by row, with the interval of the paired comparison; 0 without an interval at level 0.</param>
/// <param name="PValue">Two-sided, of no difference; NaN at level 0 and where it is not known.</param>
/// <param name="RelativeLoss">The share of the metric at level 0 that is lost: 0.1 means a tenth worse, below 0 means better. Paired bootstrap.</param>
public sealed record RobustnessLevel(int Level, Estimate Value, Estimate Difference, double PValue, Estimate RelativeLoss);
