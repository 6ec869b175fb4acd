namespace MedTune.Evaluation;

/// <summary>Youden's J, sensitivity + specificity - 1.</summary>
/// <remarks>Youden WJ, "Index for rating diagnostic tests", Cancer 1950;3:32-35.</remarks>
public static class Youden
{
    /// <summary>The threshold with the largest J on the predictions; of equal ones the lowest, as a missed case usually costs more than a false alarm.</summary>
    /// <param name="probabilities">Probability of the positive class, 0 to 1; at least one row. Predictions the model was not fitted on.</param>
    /// <param name="targets">0 or 1, one per row.</param>
    /// <returns>Halfway between two neighboring probabilities; 0.5 where only one class occurs.</returns>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public static double Threshold(double[] probabilities, int[] targets) => ThresholdRule.Youden.Choose(probabilities, targets).Threshold;
}
