namespace MedTune.Evaluation;

/// <summary>How many equally weighted rows tell as much as weighted ones (Kish, Survey Sampling, 1965).</summary>
public static class EffectiveSampleSize
{
    /// <summary>(Σw)² / Σw²: the number of rows for equal weights, 1 where a single row has all the weight, 0 without any weight.</summary>
    /// <param name="weights">0 or more.</param>
    public static double Of(IEnumerable<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        double sum = 0;
        double squares = 0;
        foreach (double weight in weights.Order())
        {
            sum += weight;
            squares += weight * weight;
        }
        return squares == 0 ? 0 : sum * sum / squares;
    }
}
