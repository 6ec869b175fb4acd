namespace MedTune.Evaluation;

/// <summary>Do predicted effects come true? Regressions of held-out scores on the predicted effects.</summary>
/// <remarks>
/// The best linear predictor of the effect given a prediction: Chernozhukov, Demirer, Duflo and Fernández-Val, NBER 24678. Perfect predictions have intercept 0 and slope 1; a
/// slope above 0 means that the predictions tell patients apart, a slope near 0 that they are noise. No figure depends on the order of the rows.
/// </remarks>
/// <param name="Intercept">Of score = intercept + slope x prediction.</param>
/// <param name="Slope">Its p-value above 0 is the test for heterogeneity that the predictions capture.</param>
/// <param name="AverageEffect">The effect at the mean prediction.</param>
/// <param name="MeanPredicted">The mean prediction.</param>
public sealed record EffectCalibration(EffectEstimate Intercept, EffectEstimate Slope, EffectEstimate AverageEffect, double MeanPredicted)
{
    /// <summary>The regression of doubly robust scores on predicted effects.</summary>
    /// <param name="scores">At least one row.</param>
    /// <param name="predictedEffects">One per row, finite; from models that saw none of these patients. Equal predictions leave the slope undefined.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The scores cannot be evaluated, or there is not one finite prediction per row.</exception>
    public static EffectCalibration Of(EffectScores scores, double[] predictedEffects, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(predictedEffects);
        options ??= EvaluationOptions.Default;
        options.Check();
        scores.Check();
        ArmChecks.Same("predicted effects", predictedEffects.Length, scores.Count);
        ArmChecks.Finite("predicted effect", predictedEffects, 1);

        CanonicalRows rows = CanonicalRows.Of(scores.Groups, [predictedEffects, scores.Values]);
        double[] predicted = rows.Take(predictedEffects);
        double mean = MeanInterval.Mean(predicted);
        double[] centered = Array.ConvertAll(predicted, value => value - mean);
        double[] ones = [.. Enumerable.Repeat(1.0, rows.Count)];

        // Predictions that are all equal differ from their computed mean by rounding at most.
        if (centered.All(value => Math.Abs(value) <= 1e-12 * Math.Abs(mean)))
        {
            Array.Clear(centered);
        }
        TwoColumnRegression fit = new(rows, ones, centered, rows.Take(scores.Values));
        EffectEstimate average = Evaluation.AverageEffect.Of(scores, null, options);
        return new EffectCalibration(
            fit.Combination(1, -mean, options), fit.Combination(0, 1, options), fit.IsDefined ? fit.Combination(1, 0, options) : average, mean);
    }
}
