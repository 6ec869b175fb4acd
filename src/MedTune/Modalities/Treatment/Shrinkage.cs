namespace MedTune.Modalities.Treatment;

/// <summary>How much of the predicted difference between patients is kept.</summary>
internal static class Shrinkage
{
    /// <summary>The share that held-out scores bear out.</summary>
    /// <remarks>
    /// The slope of the scores on the effects, but 1 where it cannot be told from 1; times 1 - 1/t², the positive part of James and Stein's factor, so that a difference
    /// no larger than its error is taken for none.
    /// </remarks>
    /// <param name="slope">Of the scores on the effects.</param>
    /// <param name="error">Its standard error.</param>
    /// <returns>From 0 to 1.</returns>
    public static double Share(double slope, double error)
    {
        if (!(slope > error) || !double.IsFinite(error))
        {
            return 0;
        }

        double t = slope / error;
        double borneOut = slope + (2 * error) >= 1 ? 1 : slope;
        return borneOut * (1 - (1 / (t * t)));
    }
}
