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

        List<SubgroupResult> results = [];
        for (int group = 0; group < names.Count; group++)
        {
            int[] rows = [.. Enumerable.Range(0, groupOfRow.Length).Where(row => groupOfRow[row] == group)];
            if (rows.Length > 0)
            {
                results.Add(Evaluate(names[group], predictions, thresholds, rows, options));
            }
        }

        ImmutableArray<bool> shown = ShownSizes([.. results.Select(result => (result.Count!.Value, result.Patients!.Value, result.Events!.Value))]);
        return [.. results.Select((result, i) => shown[i] ? result : result with { Count = null, Patients = null, Events = null })];
    }

    /// <summary>Which of some groups may show their sizes: not the small ones, nor the one from which theirs would follow.</summary>
    /// <param name="sizes">Rows, patients and events of each group; groups without rows are shown.</param>
    public static ImmutableArray<bool> ShownSizes(IReadOnlyList<(int Count, int Patients, int Events)> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        bool[] shown = [.. sizes.Select(size => size.Count == 0 || !IsTooFew(size.Patients, size.Events, size.Count - size.Events))];
        (int Count, int Patients, int Events)[] hidden = [.. sizes.Where((_, i) => !shown[i])];
        int events = hidden.Sum(size => size.Events);
        if (hidden.Length > 0 && IsTooFew(hidden.Sum(size => size.Patients), events, hidden.Sum(size => size.Count) - events)
            && Enumerable.Range(0, shown.Length).Where(i => shown[i] && sizes[i].Count > 0).ToArray() is { Length: > 0 } others)
        {
            shown[others.MinBy(i => sizes[i].Count)] = false;
        }
        return [.. shown];
    }

    private static bool IsTooFew(int patients, int events, int others) => patients < FewestPatients || events < FewestEvents || others < FewestEvents;

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
