using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>Who gets which arm: the conditions of one leaf of a policy tree.</summary>
/// <param name="Conditions">All must hold; none for a rule that treats everyone alike.</param>
/// <param name="Arm">The arm given.</param>
/// <param name="Rows">Rows of the fitting data it was given to.</param>
/// <param name="MeanScores">By arm the mean score of these rows: how the arms would do here. Seen on the fitting data, so the difference between arms is too large.</param>
public sealed record PolicyLeaf(ImmutableArray<PolicyCondition> Conditions, int Arm, int Rows, ImmutableArray<double> MeanScores);
