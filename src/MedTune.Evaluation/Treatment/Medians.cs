namespace MedTune.Evaluation;

/// <summary>The median of a few numbers.</summary>
internal static class Medians
{
    /// <summary>The middle number, or the mean of the two in the middle.</summary>
    public static double Of(IEnumerable<double> values) => Bootstrap.Quantile([.. values.Order()], 0.5);
}
