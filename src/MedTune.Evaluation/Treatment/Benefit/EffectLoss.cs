namespace MedTune.Evaluation;

/// <summary>How far predicted effects are from the truth, as far as data can tell: the doubly robust loss, by which models of effects are compared.</summary>
/// <remarks>
/// The mean of (score - prediction)² is the mean squared error of the prediction plus a spread of the scores that is the same for all predictions: only differences mean
/// something (Kennedy, Electron J Stat 2023;17:3008-3049). No figure depends on the order of the rows.
/// </remarks>
public static class EffectLoss
{
    /// <summary>The mean squared distance of the scores from the predicted effects. Its p-values, against a loss of 0, say nothing.</summary>
    /// <param name="scores">At least one row.</param>
    /// <param name="predictedEffects">One per row, finite; from models that saw none of these patients.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The scores cannot be evaluated, or there is not one finite prediction per row.</exception>
    public static EffectEstimate Of(EffectScores scores, double[] predictedEffects, EvaluationOptions? options = null) =>
        Mean(scores, predictedEffects, new double[predictedEffects?.Length ?? 0], (score, own, _) => (score - own) * (score - own), options);

    /// <summary>How much lower the loss of the predictions is than that of a reference, such as the same effect for all: above 0 the predictions are better.</summary>
    /// <param name="scores">At least one row.</param>
    /// <param name="predictedEffects">One per row, finite; from models that saw none of these patients.</param>
    /// <param name="reference">One per row, finite.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The scores cannot be evaluated, or there is not one finite prediction per row.</exception>
    public static EffectEstimate Gain(EffectScores scores, double[] predictedEffects, double[] reference, EvaluationOptions? options = null) =>
        Mean(scores, predictedEffects, reference, (score, own, other) => (own - other) * ((2 * score) - own - other), options);

    private static EffectEstimate Mean(
        EffectScores scores, double[]? predicted, double[] reference, Func<double, double, double, double> loss, EvaluationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(reference);
        scores.Check();
        ArmChecks.Same("predicted effects", predicted.Length, scores.Count);
        ArmChecks.Same("reference effects", reference.Length, scores.Count);
        ArmChecks.Finite("predicted effect", predicted, 1);
        ArmChecks.Finite("reference effect", reference, 1);
        return AverageEffect.Of(new EffectScores([.. scores.Values.Select((score, row) => loss(score, predicted[row], reference[row]))], scores.Groups), null, options);
    }
}
