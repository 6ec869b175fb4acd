namespace MedTune.Evaluation;

/// <summary>The calibration test of causal forests: how far the mean prediction and the differences between predictions show in the outcomes themselves.</summary>
/// <remarks>
/// Y - m(x) is regressed on (W - e(x)) τ̄ and (W - e(x)) (τ(x) - τ̄) without a constant, m being the expected outcome whatever the arm: Athey and Wager, "Estimating treatment
/// effects with causal forests: an application", Observational Studies 2019;5:37-51, as in grf's test_calibration (whose errors are of type HC3; these are HC1). Both
/// coefficients are 1 for perfect predictions. No figure depends on the order of the rows.
/// </remarks>
/// <param name="MeanPrediction">The coefficient of the mean prediction; undefined where that is 0 or the predictions do not differ.</param>
/// <param name="DifferentialPrediction">That of the differences: its p-value above 0 is a test for heterogeneity.</param>
public sealed record CalibrationTest(EffectEstimate MeanPrediction, EffectEstimate DifferentialPrediction)
{
    /// <summary>The test for two of the arms; rows of other arms take no part.</summary>
    /// <param name="predictions">At least one row in every arm.</param>
    /// <param name="predictedEffects">One per row, finite: the effect of the treated arm against the control.</param>
    /// <param name="treated">The arm whose benefit is predicted.</param>
    /// <param name="control">The arm it is held against.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public static CalibrationTest Of(
        TreatmentPredictions predictions, double[] predictedEffects, int treated = 1, int control = 0, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(predictedEffects);
        options ??= EvaluationOptions.Default;
        options.Check();
        predictions.Check();
        ArmChecks.Arm(treated, predictions.ArmCount);
        ArmChecks.Arm(control, predictions.ArmCount);
        ArmChecks.Same("predicted effects", predictedEffects.Length, predictions.Count);
        ArmChecks.Finite("predicted effect", predictedEffects, 1);

        int[] kept = [.. Enumerable.Range(0, predictions.Count).Where(row => predictions.Arms[row] == treated || predictions.Arms[row] == control)];
        double[] predicted = Array.ConvertAll(kept, row => predictedEffects[row]);
        double[] residuals = new double[kept.Length];
        double[] surprises = new double[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            int first = kept[i] * predictions.ArmCount;

            // Given that the row received one of the two arms.
            double share = predictions.Propensities[first + treated] / (predictions.Propensities[first + treated] + predictions.Propensities[first + control]);
            double expected = (share * predictions.OutcomePredictions[first + treated]) + ((1 - share) * predictions.OutcomePredictions[first + control]);
            surprises[i] = (predictions.Arms[kept[i]] == treated ? 1 : 0) - share;
            residuals[i] = predictions.Outcomes[kept[i]] - expected;
        }
        CanonicalRows rows = CanonicalRows.Of(
            predictions.Groups is null ? null : Array.ConvertAll(kept, row => predictions.Groups[row]), [predicted, residuals, surprises]);
        (predicted, residuals, surprises) = (rows.Take(predicted), rows.Take(residuals), rows.Take(surprises));
        double mean = MeanInterval.Mean(predicted);
        TwoColumnRegression fit = new(
            rows, Array.ConvertAll(surprises, surprise => surprise * mean), [.. surprises.Select((surprise, i) => surprise * (predicted[i] - mean))], residuals);
        return new CalibrationTest(fit.Combination(1, 0, options), fit.Combination(0, 1, options));
    }
}
