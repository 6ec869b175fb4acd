using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>How good a model of several findings is for one of them.</summary>
public sealed class FindingEvaluation
{
    private FindingEvaluation(string name, int positives, int count, BinaryEvaluation? evaluation, ImmutableSortedDictionary<string, Estimate> metrics)
    {
        Name = name;
        Positives = positives;
        Count = count;
        Evaluation = evaluation;
        Metrics = metrics;
    }

    /// <summary>The finding.</summary>
    public string Name { get; }

    /// <summary>Rows that have the finding.</summary>
    public int Positives { get; }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Whether some rows have the finding and some have not: otherwise nothing can be said of how well it is found.</summary>
    public bool IsEstimable => Evaluation is not null;

    /// <summary>The evaluation with its curves; null where the finding is not estimable.</summary>
    public BinaryEvaluation? Evaluation { get; }

    /// <summary>
    /// Every metric of <see cref="MetricRegistry.Binary"/> by name, in ordinal order; <c>auroc_fold_mean</c> only where folds were given. All of them are
    /// undefined, with the reason, where the finding is not estimable.
    /// </summary>
    public ImmutableSortedDictionary<string, Estimate> Metrics { get; }

    internal static FindingEvaluation Of(string name, BinaryPredictions predictions, double[] thresholds, EvaluationOptions options)
    {
        int positives = predictions.Targets.Sum();
        if (positives > 0 && positives < predictions.Count)
        {
            BinaryEvaluation evaluation = BinaryEvaluation.Of(predictions, thresholds, options);
            return new FindingEvaluation(name, positives, predictions.Count, evaluation, evaluation.Metrics);
        }
        Estimate none = Estimate.Undefined(positives == 0 ? "not estimable: no row has this finding" : "not estimable: every row has this finding");
        return new FindingEvaluation(name, positives, predictions.Count, null, MetricRegistry.Binary
            .Where(metric => predictions.Folds is not null || !metric.Needs.HasFlag(MetricNeeds.Folds))
            .ToImmutableSortedDictionary(metric => metric.Name, _ => none, StringComparer.Ordinal));
    }
}
