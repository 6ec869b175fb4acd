namespace MedTune.Modalities.Treatment;

/// <summary>What effects are learned from: patients as numbers, the arm each received, and what came of it.</summary>
/// <param name="Features">Known before treatment.</param>
/// <param name="Arms">The arm of every row, 0 being the control; -1 where it is not known.</param>
/// <param name="Outcomes">One per row, higher being better; NaN where not known.</param>
/// <param name="Groups">Rows of one group (a patient) are never on both sides of a split.</param>
/// <param name="ArmCount">At least 2.</param>
internal sealed record TreatmentSamples(FeatureMatrix Features, int[] Arms, double[] Outcomes, int[] Groups, int ArmCount)
{
    /// <summary>For each row and arm the probability with which it was drawn, where a trial's design says so; null where it must be estimated.</summary>
    public double[]? KnownPropensities { get; init; }

    /// <summary>Number of rows.</summary>
    public int Count => Arms.Length;

    /// <summary>Those of some rows that received an arm.</summary>
    public int[] Received(int arm, int[] rows) => Array.FindAll(rows, row => Arms[row] == arm);

    /// <summary>The outcomes of some rows.</summary>
    public double[] OutcomesOf(int[] rows) => Array.ConvertAll(rows, row => Outcomes[row]);
}
