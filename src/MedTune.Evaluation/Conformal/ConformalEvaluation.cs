using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>What prediction sets reach on rows whose true class is known: over all rows, for each class and for each group.</summary>
/// <remarks>
/// The rows must be others than those the rule was calibrated on. A rule that covers 90 % of all rows may cover far less of a rare class or of a group. As in
/// <see cref="SubgroupEvaluation"/>, a group of fewer than 10 patients is not shown, nor a size from which a hidden one would follow.
/// </remarks>
public sealed class ConformalEvaluation
{
    private ConformalEvaluation(PredictionSetFigures overall, ImmutableArray<PredictionSetFigures> classes, ImmutableArray<PredictionSetFigures> groups)
    {
        Overall = overall;
        Classes = classes;
        Groups = groups;
    }

    /// <summary>Over all rows.</summary>
    public PredictionSetFigures Overall { get; }

    /// <summary>Over the rows that truly are of each class, in the order of the classes; undefined for a class without rows.</summary>
    public ImmutableArray<PredictionSetFigures> Classes { get; }

    /// <summary>Over the rows of each group that has any, in the order of the groups.</summary>
    public ImmutableArray<PredictionSetFigures> Groups { get; }

    /// <summary>Evaluates sets without groups.</summary>
    /// <param name="sets">At least one row.</param>
    /// <param name="targets">Index of the true class, one per row.</param>
    /// <param name="patients">The patient of each row; null when every row is another patient.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The lengths differ, or a target is no class.</exception>
    public static ConformalEvaluation Of(PredictionSets sets, int[] targets, int[]? patients = null, EvaluationOptions? options = null) =>
        Of(sets, targets, patients, null, [], options);

    /// <summary>Evaluates sets, group by group too.</summary>
    /// <param name="sets">At least one row.</param>
    /// <param name="targets">Index of the true class, one per row.</param>
    /// <param name="patients">The patient of each row; null when every row is another patient.</param>
    /// <param name="groupOfRow">For each row the place of its group in <paramref name="names"/>, -1 where it belongs to none; null: no groups.</param>
    /// <param name="names">The groups.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The lengths differ, a target is no class, or a row's group has no name.</exception>
    public static ConformalEvaluation Of(
        PredictionSets sets, int[] targets, int[]? patients, int[]? groupOfRow, IReadOnlyList<string> names, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(names);
        options ??= EvaluationOptions.Default;
        options.Check();
        RowChecks.Same("targets", targets.Length, sets.Count);
        RowChecks.Same("patients", patients?.Length ?? sets.Count, sets.Count);
        RowGroups.Check(groupOfRow, sets.Count, names.Count);
        CheckTargets(targets, sets.ClassNames.Length);

        int[] all = [.. Enumerable.Range(0, sets.Count)];
        return new ConformalEvaluation(
            Figures(null, all),
            [.. sets.ClassNames.Select((name, k) => Figures(name, [.. all.Where(row => targets[row] == k)]))],
            groupOfRow is null ? [] : OfGroups(groupOfRow, names, patients, Figures));

        PredictionSetFigures Figures(string? name, int[] rows) => rows.Length == 0
            ? Undefined(name, false, 0, "undefined: there are no rows of this class")
            : new PredictionSetFigures(
                name,
                false,
                rows.Length,
                Share(rows, row => sets.Contains(row, targets[row])),
                RowMean.Of(Array.ConvertAll(rows, row => (double)sets.Size(row)), Patients(rows), options),
                Share(rows, row => sets.Size(row) == 0),
                Share(rows, row => sets.Size(row) == 1),
                Share(rows, row => sets.Size(row) > 1));

        Estimate Share(int[] rows, Predicate<int> isHit) => RowShare.Of(Array.ConvertAll(rows, row => isHit(row)), Patients(rows), options);

        int[]? Patients(int[] rows) => patients is null ? null : Array.ConvertAll(rows, row => patients[row]);
    }

    private static ImmutableArray<PredictionSetFigures> OfGroups(
        int[] groupOfRow, IReadOnlyList<string> names, int[]? patients, Func<string, int[], PredictionSetFigures> figures)
    {
        (string Name, int[] Rows)[] groups = [.. names.Select((name, group) => (name, RowGroups.Rows(groupOfRow, group))).Where(one => one.Item2.Length > 0)];
        int[] people = Array.ConvertAll(groups, one => patients is null ? one.Rows.Length : one.Rows.Select(row => patients[row]).Distinct().Count());

        // Half of the rows stand for events, so that the number of patients alone decides which sizes are shown.
        ImmutableArray<bool> shown = SubgroupEvaluation.ShownSizes([.. groups.Select((one, i) => (one.Rows.Length, people[i], one.Rows.Length / 2))]);
        return
        [
            .. groups.Select((one, i) =>
            {
                PredictionSetFigures found = people[i] < SubgroupEvaluation.FewestPatients
                    ? Undefined(one.Name, true, null, "undefined: the group is too small to be shown")
                    : figures(one.Name, one.Rows);
                return shown[i] ? found : found with { Count = null };
            }),
        ];
    }

    private static PredictionSetFigures Undefined(string? name, bool isTooFew, int? count, string reason)
    {
        Estimate none = Estimate.Undefined(reason);
        return new PredictionSetFigures(name, isTooFew, count, none, none, none, none, none);
    }

    private static void CheckTargets(int[] targets, int classes)
    {
        int row = Array.FindIndex(targets, target => target < 0 || target >= classes);
        if (row >= 0)
        {
            throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                $"The target of row {row} (counted from 0) is no class: the classes are numbered 0 to {classes - 1}."));
        }
    }
}
