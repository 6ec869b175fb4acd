namespace MedTune.Modalities.Treatment;

/// <summary>Weights of rows.</summary>
internal static class RowWeights
{
    /// <summary>The same, with a mean of 1.</summary>
    public static double[] ToMeanOne(double[] weights)
    {
        double mean = weights.Sum() / weights.Length;
        return Array.ConvertAll(weights, weight => weight / mean);
    }
}
