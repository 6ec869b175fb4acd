using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>How the propensity of one arm is spread.</summary>
/// <param name="Received">Rows that received the arm.</param>
/// <param name="Histograms">By received arm: counts of this arm's propensity in equal bins from 0 to 1, the last bin holding 1.</param>
/// <param name="RowsBelow">Rows that hardly ever receive this arm: their propensity for it is below the least.</param>
/// <param name="ReceivedOutside">Rows that received this arm and lie outside overlap, whichever arm is the impossible one.</param>
/// <param name="PatientsBelow">Patients with a row of <paramref name="RowsBelow"/>.</param>
/// <param name="Smallest">The smallest propensity for this arm.</param>
/// <param name="Largest">The largest propensity for this arm.</param>
/// <param name="EffectiveRows">What the received rows are worth under inverse-propensity weights (<see cref="EffectiveSampleSize"/>).</param>
/// <param name="EffectiveRowsOverlap">What they are worth under overlap weights.</param>
public sealed record OverlapArm(
    int Received,
    ImmutableArray<ImmutableArray<int>> Histograms,
    int RowsBelow,
    int ReceivedOutside,
    int PatientsBelow,
    double Smallest,
    double Largest,
    double EffectiveRows,
    double EffectiveRowsOverlap);
