namespace MedTune.Evaluation;

/// <summary>A mean over rows with its interval: Student's t, or that of the patient bootstrap where patients repeat.</summary>
internal static class RowMean
{
    /// <summary>The mean of the values.</summary>
    /// <param name="values">At least one row.</param>
    /// <param name="patients">The patient of each row; null when every row is another patient.</param>
    /// <param name="options">Level and seed.</param>
    public static Estimate Of(double[] values, int[]? patients, EvaluationOptions options)
    {
        int[] order = PairedRows.Order(new int[values.Length], null, patients, row => (values[row], 0));
        PairedRows rows = new(order, null, patients, options);
        return PairedMean.Of("mean", rows, rows.Pick(row => values[row])).Difference;
    }
}
