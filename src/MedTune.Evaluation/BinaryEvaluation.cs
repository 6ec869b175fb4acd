using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>How good the probabilities and decisions of a two-class model are, and how sure one can be of it.</summary>
/// <remarks>
/// The result depends on the rows and the options only, not on the order of the rows. Where a patient has several rows, every
/// interval that is not one over folds comes from resampling patients. Above 20,000 rows a bootstrap takes 200 resamples instead of 1000.
/// </remarks>
public sealed class BinaryEvaluation
{
    private BinaryEvaluation(BinarySample rows, ImmutableSortedDictionary<string, Estimate> metrics, EvaluationOptions options)
    {
        Count = rows.Count;
        Patients = rows.UnitCount;
        Metrics = metrics;
        ConfusionMatrix = new WeightedBinarySample(rows, options).Confusion;
        RocCurve = RocCurve.Of(rows);
        PrecisionRecallCurve = PrecisionRecallCurve.Of(rows);
        CalibrationCurve = CalibrationCurve.Of(rows, options);
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Patients: equal to <see cref="Count"/> where no groups were given or none repeats.</summary>
    public int Patients { get; }

    /// <summary>Every metric of <see cref="MetricRegistry.Binary"/> by name, in ordinal order; <c>auroc_fold_mean</c> only where folds were given.</summary>
    public ImmutableSortedDictionary<string, Estimate> Metrics { get; }

    /// <summary>The four counts at the given threshold or thresholds.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }

    /// <summary>Sensitivity against 1 - specificity.</summary>
    public RocCurve RocCurve { get; }

    /// <summary>Precision against recall.</summary>
    public PrecisionRecallCurve PrecisionRecallCurve { get; }

    /// <summary>Observed against predicted risk.</summary>
    public CalibrationCurve CalibrationCurve { get; }

    /// <summary>Evaluates predictions at one threshold.</summary>
    /// <param name="predictions">At least one row.</param>
    /// <param name="threshold">A row is called positive when its probability is at least this.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public static BinaryEvaluation Of(BinaryPredictions predictions, double threshold = 0.5, EvaluationOptions? options = null) =>
        Of(predictions, [threshold], options);

    /// <summary>Evaluates predictions with a threshold for each row: out of fold, each row is judged by a threshold chosen without it.</summary>
    /// <param name="predictions">At least one row.</param>
    /// <param name="thresholds">One per row, or one for all.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated, or the number of thresholds is neither 1 nor that of the rows.</exception>
    public static BinaryEvaluation Of(BinaryPredictions predictions, double[] thresholds, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(thresholds);
        options ??= EvaluationOptions.Default;
        options.Check();
        predictions.Check();
        if (thresholds.Length != 1)
        {
            RowChecks.Same("thresholds", thresholds.Length, predictions.Count);
        }
        if (thresholds.Any(double.IsNaN))
        {
            throw new InvalidPredictionsException("A decision threshold is NaN (not a number); give a number, usually from 0 to 1.");
        }

        BinarySample rows = BinarySample.Of(predictions, thresholds);
        BinaryEstimates estimates = new(rows, MetricRegistry.Binary, options);
        if (estimates.Open > 0)
        {
            double[][] replicates = Bootstrap.Replicates(
                options.Seed, rows.UnitCount, options.ResamplesFor(rows.Count), estimates.Open, estimates.Measure);
            estimates.Close(replicates);
        }
        return new BinaryEvaluation(rows, estimates.Found.ToImmutableSortedDictionary(StringComparer.Ordinal), options);
    }
}
