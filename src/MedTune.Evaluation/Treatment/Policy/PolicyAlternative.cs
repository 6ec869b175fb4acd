namespace MedTune.Evaluation;

/// <summary>Another way of treating everyone, and how much better the rule is.</summary>
/// <param name="Kind">Which way.</param>
/// <param name="Arm">The arm given to all; -1 at random.</param>
/// <param name="Value">The mean outcome under the alternative.</param>
/// <param name="Difference">The rule's value minus that, on the same rows, so its interval is narrower than those of the two values.</param>
public sealed record PolicyAlternative(PolicyAlternativeKind Kind, int Arm, EffectEstimate Value, EffectEstimate Difference);
