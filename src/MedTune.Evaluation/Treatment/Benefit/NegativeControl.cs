namespace MedTune.Evaluation;

/// <summary>The "effect" of the treatment on something it cannot change: an outcome from before, or one of another cause.</summary>
/// <remarks>Lipsitch, Tchetgen Tchetgen and Cohen, Epidemiology 2010;21:383-388.</remarks>
/// <param name="Effect">Found by the same method as the real effect.</param>
/// <param name="StandardizedEffect">The effect over the standard deviation of the negative outcome; NaN where that does not vary.</param>
/// <param name="IsSuspicious">Whether the interval excludes 0: then patients differed in ways the columns do not hold, and the real effect is in doubt too.</param>
public sealed record NegativeControl(EffectEstimate Effect, double StandardizedEffect, bool IsSuspicious)
{
    /// <summary>The figures of a negative control.</summary>
    /// <param name="effect">On the negative outcome.</param>
    /// <param name="outcomes">The negative outcome of every row, finite.</param>
    public static NegativeControl Of(EffectEstimate effect, IReadOnlyList<double> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double[] sorted = [.. outcomes.Order()];
        double mean = MeanInterval.Mean(sorted);
        double deviation = Math.Sqrt(sorted.Sum(outcome => (outcome - mean) * (outcome - mean)) / (sorted.Length - 1));
        return new NegativeControl(effect, deviation > 0 ? effect.Value / deviation : double.NaN, effect.Figure.Low > 0 || effect.Figure.High < 0);
    }
}
