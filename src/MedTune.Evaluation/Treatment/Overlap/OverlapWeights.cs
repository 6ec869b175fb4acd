namespace MedTune.Evaluation;

/// <summary>Weights that make the arms comparable, from their propensities.</summary>
/// <remarks>Inverse propensities: Robins, Hernán and Brumback, Epidemiology 2000;11:550-560. Overlap weights: Li, Morgan and Zaslavsky, J Am Stat Assoc 2018;113:390-400.</remarks>
public static class OverlapWeights
{
    /// <summary>How much a row counts where all arms should have been possible: 1 / Σ 1/e_k, at most 1 / arms²; 0 where an arm is impossible.</summary>
    /// <param name="propensities">Of one row, over the arms.</param>
    public static double Of(ReadOnlySpan<double> propensities)
    {
        double sum = 0;
        foreach (double propensity in propensities)
        {
            sum += 1 / propensity;
        }
        return 1 / sum;
    }

    /// <summary>
    /// The weight of each row for a comparison of the arms in the patients where all were possible: the row's overlap weight over the propensity of the arm it received. Within
    /// each arm the weights sum to the number of rows.
    /// </summary>
    /// <param name="propensities">Rows x arms, row by row.</param>
    /// <param name="arms">The arm each row received.</param>
    /// <param name="armCount">Arms.</param>
    /// <exception cref="InvalidPredictionsException">Not one propensity per row and arm, or a row received an impossible arm.</exception>
    public static double[] Overlapping(double[] propensities, int[] arms, int armCount) =>
        Normalized(propensities, arms, armCount, own => Of(own), 0);

    /// <summary>
    /// The weight of each row for a comparison of the arms in all patients: one over the propensity of the arm it received. Within each arm the weights sum to the number of rows.
    /// </summary>
    /// <param name="propensities">Rows x arms, row by row.</param>
    /// <param name="arms">The arm each row received.</param>
    /// <param name="armCount">Arms.</param>
    /// <param name="floor">The least propensity used; how many were raised is in <see cref="DoublyRobustScores.Clipping"/>.</param>
    /// <exception cref="InvalidPredictionsException">Not one propensity per row and arm, or a row received an impossible arm.</exception>
    public static double[] InversePropensity(double[] propensities, int[] arms, int armCount, double floor = DoublyRobustScores.UsualFloor) =>
        Normalized(propensities, arms, armCount, _ => 1, floor);

    private delegate double Tilt(ReadOnlySpan<double> propensities);

    private static double[] Normalized(double[] propensities, int[] arms, int armCount, Tilt tilt, double floor)
    {
        ArgumentNullException.ThrowIfNull(propensities);
        ArgumentNullException.ThrowIfNull(arms);
        ArmChecks.Grid("propensities", propensities.Length, arms.Length, armCount);
        ArmChecks.Arms(arms, armCount);
        double[] weights = new double[arms.Length];
        for (int row = 0; row < weights.Length; row++)
        {
            double own = propensities[(row * armCount) + arms[row]];
            if (!(own > 0))
            {
                throw new InvalidPredictionsException("A row received an arm whose propensity is 0 there; the model of the propensities contradicts the data.");
            }
            weights[row] = tilt(propensities.AsSpan(row * armCount, armCount)) / Math.Max(floor, own);
        }

        // Sorted before they are summed, so that the order of the rows changes nothing.
        double[] sums = [.. Enumerable.Range(0, armCount).Select(arm => weights.Where((_, row) => arms[row] == arm).Order().Sum())];
        return [.. weights.Select((weight, row) => sums[arms[row]] > 0 ? weight * arms.Length / sums[arms[row]] : 0)];
    }
}
