using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>What raising small propensities to a floor did: a report that shows doubly robust figures shows these counts beside them.</summary>
/// <param name="Floor">The least propensity used.</param>
/// <param name="BelowByArm">For each arm the rows whose propensity for it lies below the floor: there data can hardly say what that arm would do.</param>
/// <param name="RaisedByArm">For each arm those of them that received it: only their scores were changed.</param>
/// <param name="Rows">Rows with any propensity below the floor.</param>
/// <param name="Patients">Patients with such a row.</param>
public sealed record PropensityClipping(double Floor, ImmutableArray<int> BelowByArm, ImmutableArray<int> RaisedByArm, int Rows, int Patients);
