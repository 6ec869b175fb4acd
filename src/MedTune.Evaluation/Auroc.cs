namespace MedTune.Evaluation;

/// <summary>The area under the ROC curve alone, for quick comparisons; all figures are in <see cref="BinaryEvaluation"/>.</summary>
public static class Auroc
{
    /// <summary>The share of pairs (one positive, one negative) in which the positive has the higher score, ties counting half.</summary>
    /// <param name="scores">Probabilities, margins or any score that rises with risk; finite.</param>
    /// <param name="targets">0 or 1; both occur.</param>
    public static double Of(double[] scores, int[] targets)
    {
        DeLong.ComponentsByRow(scores, targets, out double area);
        return area;
    }

    /// <summary>The area with its interval: DeLong's, or resampled patients where they repeat. Undefined where only one class is there.</summary>
    /// <param name="predictions">At least one row.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public static Estimate WithInterval(BinaryPredictions predictions, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        options ??= EvaluationOptions.Default;
        options.Check();
        predictions.Check();
        BinarySample rows = BinarySample.Of(predictions, [0.5]);
        var metric = new AurocMetric();
        BinaryEstimates estimates = new(rows, [metric], options);
        if (estimates.Open > 0)
        {
            estimates.Close(Bootstrap.Replicates(options.Seed, rows.UnitCount, options.ResamplesFor(rows.Count), estimates.Open, estimates.Measure));
        }
        return estimates.Found[metric.Name];
    }
}
