namespace MedTune.Reports.Charts;

/// <summary>How far an axis of risks reaches: to 1, or less when nearly all risks are small.</summary>
internal static class RiskReach
{
    // A few lonely high risks would squeeze everything else into a corner; they are counted in words instead.
    private const double ShareShown = 0.99;

    /// <summary>The upper end of the axis, a round number at most 1: all groups lie inside, and 99% of the rows.</summary>
    /// <param name="groups">The groups of a calibration chart; intervals may be cut off.</param>
    /// <param name="bins">The bins of predicted risks, in rising order.</param>
    /// <param name="threshold">A value to be inside as well; null for none.</param>
    public static double Of(IReadOnlyList<RiskGroup> groups, IReadOnlyList<RiskBin> bins, double? threshold = null)
    {
        double highest = threshold is > 0 and <= 1 ? threshold.Value : 0;
        foreach (RiskGroup group in groups)
        {
            highest = Larger(highest, Larger(group.Predicted, group.Observed));
        }

        double total = bins.Sum(Rows);
        double seen = 0;
        foreach (RiskBin bin in bins)
        {
            highest = Rows(bin) > 0 && seen < ShareShown * total ? Larger(highest, bin.High) : highest;
            seen += Rows(bin);
        }

        return highest > 0 ? Math.Min(1, TickMarks.Around(0, Math.Min(1, highest)).High) : 1;
    }

    /// <summary>Rows with risks beyond the end of the axis.</summary>
    public static int Beyond(IReadOnlyList<RiskBin> bins, double reach) => bins.Where(bin => bin.Low >= reach).Sum(bin => bin.With + bin.Without);

    private static double Rows(RiskBin bin) => (double)bin.With + bin.Without;

    private static double Larger(double a, double b) => double.IsFinite(b) && b > a ? b : double.IsFinite(a) ? a : 0;
}
