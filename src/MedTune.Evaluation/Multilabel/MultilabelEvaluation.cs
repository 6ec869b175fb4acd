using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>How good a model of several findings is, for each of them and over all.</summary>
/// <remarks>
/// Means over the findings (macro) and figures of all rows and findings pooled (micro) as in Zhang and Zhou, IEEE Trans Knowl Data Eng 2014;26:1819-1837. The
/// macro figures leave out findings that no row has, or all rows have; the micro figures, exact match and Hamming loss count all findings. The result
/// depends on the rows and the options only, not on the order of the rows. Where a patient has several rows, intervals come from resampling patients,
/// each drawn with all findings of all rows.
/// </remarks>
public sealed class MultilabelEvaluation
{
    private MultilabelEvaluation(ColumnSamples samples, ImmutableArray<FindingEvaluation> findings, ImmutableSortedDictionary<string, Estimate> metrics)
    {
        Count = samples.Count;
        Patients = samples.UnitCount;
        Findings = findings;
        Metrics = metrics;
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Patients: equal to <see cref="Count"/> where no groups were given or none repeats.</summary>
    public int Patients { get; }

    /// <summary>Each finding, in the order of the names given.</summary>
    public ImmutableArray<FindingEvaluation> Findings { get; }

    /// <summary>
    /// By name, in ordinal order: <c>macro_auroc</c>, <c>macro_average_precision</c>, <c>macro_f1</c>, the same with <c>micro_</c>, all 0 to 1 and better
    /// when higher; <c>exact_match</c>, the share of rows in which every finding was called right; <c>hamming_loss</c>, the share of findings called
    /// wrong, better when lower.
    /// </summary>
    public ImmutableSortedDictionary<string, Estimate> Metrics { get; }

    /// <summary>Evaluates predictions at one threshold.</summary>
    /// <param name="predictions">At least one row and one finding.</param>
    /// <param name="threshold">A finding is called where its probability is at least this.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public static MultilabelEvaluation Of(MultilabelPredictions predictions, double threshold = 0.5, EvaluationOptions? options = null) =>
        Of(predictions, [threshold], options);

    /// <summary>Evaluates predictions with a threshold for each finding.</summary>
    /// <param name="predictions">At least one row and one finding.</param>
    /// <param name="thresholds">One for all, one per finding, or one per row and finding, row by row: out of fold, each row is judged by thresholds chosen without it.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated, or there are thresholds of another number.</exception>
    public static MultilabelEvaluation Of(MultilabelPredictions predictions, double[] thresholds, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(thresholds);
        options ??= EvaluationOptions.Default;
        options.Check();
        predictions.Check();
        int findings = predictions.FindingNames.Length;
        if (thresholds.Length is not 1 && thresholds.Length != findings && thresholds.Length != predictions.Targets.Length)
        {
            throw new InvalidPredictionsException("There must be one decision threshold for all findings, one for each, or one for each finding of each row.");
        }
        if (thresholds.Any(double.IsNaN))
        {
            throw new InvalidPredictionsException("A decision threshold is NaN (not a number); give a number, usually from 0 to 1.");
        }

        double[] each = [.. Enumerable.Range(0, predictions.Targets.Length).Select(cell => thresholds[cell % thresholds.Length])];
        ColumnSamples samples = ColumnSamples.Of(predictions, each);
        Dictionary<string, Estimate> metrics = FindingAverages.Of(samples, options);
        int[] wrong = WrongFindings(predictions, each);
        metrics["exact_match"] = RowShare.Of(Array.ConvertAll(wrong, count => count == 0), predictions.Groups, options);
        Estimate loss = RowMean.Of(Array.ConvertAll(wrong, count => (double)count / findings), predictions.Groups, options);
        metrics["hamming_loss"] = loss with { Low = Math.Max(0, loss.Low), High = Math.Min(1, loss.High) };
        return new MultilabelEvaluation(
            samples,
            [.. predictions.FindingNames.Select((name, finding) => FindingEvaluation.Of(name, predictions.Finding(finding), Column(each, finding, findings), options))],
            metrics.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>All metrics under one name each: those over all findings by their names, those of a finding as <c>auroc_&lt;finding&gt;</c>.</summary>
    public ImmutableSortedDictionary<string, Estimate> AllMetrics()
    {
        ImmutableSortedDictionary<string, Estimate>.Builder all = Metrics.ToBuilder();
        foreach (FindingEvaluation one in Findings)
        {
            foreach ((string name, Estimate estimate) in one.Metrics)
            {
                all[name + "_" + one.Name] = estimate;
            }
        }
        return all.ToImmutable();
    }

    private static double[] Column(double[] cells, int column, int columns) => [.. cells.Where((_, cell) => cell % columns == column)];

    private static int[] WrongFindings(MultilabelPredictions predictions, double[] thresholds)
    {
        int findings = predictions.FindingNames.Length;
        int[] wrong = new int[predictions.Count];
        for (int cell = 0; cell < predictions.Targets.Length; cell++)
        {
            bool called = predictions.Probabilities[cell] >= thresholds[cell];
            wrong[cell / findings] += called == (predictions.Targets[cell] == 1) ? 0 : 1;
        }
        return wrong;
    }
}
