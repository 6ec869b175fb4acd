namespace MedTune.Modalities.Treatment;

/// <summary>What cross-fitted models say of each row: how likely each arm was, and the outcome expected under each. No model has seen the row's patient.</summary>
/// <param name="Propensities">Rows x arms, row by row; NaN for rows that are not learned from.</param>
/// <param name="Outcomes">Rows x arms, row by row; NaN for rows that are not learned from.</param>
/// <param name="IsOutside">For each row whether some arm hardly ever occurs among patients like it.</param>
/// <param name="ArmCount">Arms.</param>
internal sealed record Nuisances(double[] Propensities, double[] Outcomes, bool[] IsOutside, int ArmCount)
{
    // As in Evaluation: the least propensity that is divided by.
    private const double Floor = 0.02;

    /// <summary>The doubly robust score of an arm's effect against the control, for one row.</summary>
    public double Score(TreatmentSamples samples, int row, int arm) => Value(samples, row, arm) - Value(samples, row, 0);

    /// <summary>How much a row tells of an arm against the control: 1 / (1/e0 + 1/ek), which is largest where both were likely.</summary>
    public double Overlap(int row, int arm)
    {
        double control = Math.Max(Floor, Propensities[row * ArmCount]);
        double treated = Math.Max(Floor, Propensities[(row * ArmCount) + arm]);
        return control * treated / (control + treated);
    }

    /// <summary>Of a row that received the arm or the control, how likely it was the arm.</summary>
    public double Pairwise(int row, int arm)
    {
        double control = Math.Max(Floor, Propensities[row * ArmCount]);
        double treated = Math.Max(Floor, Propensities[(row * ArmCount) + arm]);
        return treated / (control + treated);
    }

    private double Value(TreatmentSamples samples, int row, int arm)
    {
        double expected = Outcomes[(row * ArmCount) + arm];
        return samples.Arms[row] == arm
            ? expected + ((samples.Outcomes[row] - expected) / Math.Max(Floor, Propensities[(row * ArmCount) + arm]))
            : expected;
    }
}
