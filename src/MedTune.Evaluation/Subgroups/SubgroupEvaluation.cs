using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>Evaluates a model group by group: by sex, age band or site.</summary>
/// <remarks>
/// A group of fewer than 10 patients, 5 events or 5 rows without the event is not shown: its figures would be noise, and its people could be
/// known. Where the hidden groups together are as small, the smallest group shown keeps its size to itself, so that theirs cannot be found by subtraction.
/// </remarks>
public static class SubgroupEvaluation
{
    /// <summary>Groups of fewer patients are not shown.</summary>
    public const int FewestPatients = 10;

    /// <summary>Groups with fewer events, or fewer rows without, are not shown.</summary>
    public const int FewestEvents = 5;

    private static readonly ImmutableArray<BinaryMetric> Metrics =
        [new AurocMetric(), new LogLossMetric(), new CalibrationInterceptMetric(), new RecallMetric(), new SpecificityMetric()];

    /// <summary>Evaluates each group of rows that has any.</summary>
    /// <param name="predictions">At least one row.</param>
    /// <param name="thresholds">One per row, or one for all.</param>
    /// <param name="groupOfRow">For each row the place of its group in <paramref name="names"/>; -1 where it belongs to none.</param>
    /// <param name="names">The groups.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <returns>The groups that have rows, in the order of <paramref name="names"/>.</returns>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated, or there are not as many groups or thresholds as rows.</exception>
    public static ImmutableArray<SubgroupResult> Of(
        BinaryPredictions predictions, double[] thresholds, int[] groupOfRow, IReadOnlyList<string> names, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(thresholds);
        ArgumentNullException.ThrowIfNull(groupOfRow);
        ArgumentNullException.ThrowIfNull(names);
        options ??= EvaluationOptions.Default;
        options.Check();
        predictions.Check();
        RowChecks.Same("groups", groupOfRow.Length, predictions.Count);
        if (thresholds.Length != 1)
        {
            RowChecks.Same("thresholds", thresholds.Length, predictions.Count);
        }

        ImmutableArray<SubgroupResult>.Builder results = ImmutableArray.CreateBuilder<SubgroupResult>();
        (int Patients, int Events, int Others) hidden = default;
        for (int group = 0; group < names.Count; group++)
        {
            int[] rows = [.. Enumerable.Range(0, groupOfRow.Length).Where(row => groupOfRow[row] == group)];
            if (rows.Length == 0)
            {
                continue;
            }

            SubgroupResult result = Evaluate(names[group], predictions, thresholds, rows, options);
            if (result.IsTooFew)
            {
                hidden = (hidden.Patients + result.Patients!.Value, hidden.Events + result.Events!.Value, hidden.Others + result.Count!.Value - result.Events.Value);
                result = result with { Count = null, Patients = null, Events = null };
            }
            results.Add(result);
        }

        if (hidden.Patients > 0 && IsTooFew(hidden.Patients, hidden.Events, hidden.Others))
        {
            WithholdSmallest(results);
        }
        return results.ToImmutable();
    }

    private static bool IsTooFew(int patients, int events, int others) => patients < FewestPatients || events < FewestEvents || others < FewestEvents;

    private static void WithholdSmallest(ImmutableArray<SubgroupResult>.Builder results)
    {
        SubgroupResult? smallest = results.Where(result => !result.IsTooFew).MinBy(result => result.Count);
        if (smallest is not null)
        {
            results[results.IndexOf(smallest)] = smallest with { Count = null, Patients = null, Events = null };
        }
    }

    private static SubgroupResult Evaluate(string name, BinaryPredictions predictions, double[] thresholds, int[] rows, EvaluationOptions options)
    {
        BinaryPredictions own = new(
            Array.ConvertAll(rows, row => predictions.Probabilities[row]),
            Array.ConvertAll(rows, row => predictions.Targets[row]),
            null,
            predictions.Groups is null ? null : Array.ConvertAll(rows, row => predictions.Groups[row]));
        BinarySample sample = BinarySample.Of(own, thresholds.Length == 1 ? thresholds : Array.ConvertAll(rows, row => thresholds[row]));
        int events = own.Targets.Sum();
        if (IsTooFew(sample.UnitCount, events, rows.Length - events))
        {
            return new SubgroupResult(name, true, rows.Length, sample.UnitCount, events, ImmutableSortedDictionary<string, Estimate>.Empty);
        }

        BinaryEstimates estimates = new(sample, Metrics, options);
        if (estimates.Open > 0)
        {
            estimates.Close(Bootstrap.Replicates(options.Seed, sample.UnitCount, options.ResamplesFor(sample.Count), estimates.Open, estimates.Measure));
        }
        return new SubgroupResult(
            name, false, rows.Length, sample.UnitCount, events, estimates.Found.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }
}
