namespace MedTune.Reports.Charts;

/// <summary>How far the axes of a calibration chart reach: to 1, or less when all risks are small.</summary>
internal static class CalibrationReach
{
    /// <summary>The upper end of both axes, a round number at most 1.</summary>
    /// <param name="content">The groups and the curve; intervals may be cut off.</param>
    /// <param name="risks">The bins of predicted risks.</param>
    public static double Of(CalibrationContent content, IReadOnlyList<RiskBin> risks)
    {
        double highest = 0;
        foreach (CalibrationGroup group in content.Groups)
        {
            highest = Larger(highest, Larger(group.Predicted, group.Observed));
        }

        foreach (BandPoint point in content.Curve)
        {
            highest = Larger(highest, Larger(point.X, point.Y));
        }

        foreach (RiskBin bin in risks)
        {
            highest = bin.With + bin.Without > 0 ? Larger(highest, bin.High) : highest;
        }

        return highest > 0 ? Math.Min(1, TickMarks.Around(0, Math.Min(1, highest)).High) : 1;
    }

    private static double Larger(double a, double b) => double.IsFinite(b) && b > a ? b : double.IsFinite(a) ? a : 0;
}
