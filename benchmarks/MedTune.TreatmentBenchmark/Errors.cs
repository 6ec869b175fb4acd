namespace MedTune.TreatmentBenchmark;

/// <summary>How far predicted effects are from true ones.</summary>
internal static class Errors
{
    /// <summary>The root of the mean squared error: the square root of PEHE.</summary>
    public static double Pehe(double[] predicted, double[] truth) =>
        Math.Sqrt(predicted.Zip(truth, (a, b) => (a - b) * (a - b)).Average());

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : 0.5 * (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]);
    }
}
