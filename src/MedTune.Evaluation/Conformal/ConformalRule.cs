using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>A rule that gives each row a set of classes which holds the true one as often as was asked for.</summary>
/// <remarks>
/// Split conformal prediction: the threshold is the ceil((n + 1)(1 - alpha))-th smallest score that the true classes have on n calibration rows the model was
/// not fitted on. Over calibration rows and a further row drawn alike, the set of the further row holds its class with a probability of at least
/// 1 - alpha, and of at most 1 - alpha + 1 / (n + 1) where no scores are equal (Lei et al., J Am Stat Assoc 2018;113:1094-1111; Vovk, Gammerman and
/// Shafer, Algorithmic Learning in a Random World, 2005). With groups, each that is large enough has a threshold from its own rows, so the same holds
/// within it (Mondrian; Vovk, ACML 2012). Rows drawn otherwise, from another hospital say, have no such promise: hence <see cref="ConformalEvaluation"/>.
/// </remarks>
public sealed class ConformalRule
{
    private ConformalRule(ConformalOptions options, ImmutableArray<string> names, ConformalThreshold overall, ImmutableArray<ConformalThreshold> groups)
    {
        Options = options;
        ClassNames = names;
        Overall = overall;
        Groups = groups;
    }

    /// <summary>What was asked for.</summary>
    public ConformalOptions Options { get; }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>The threshold from all calibration rows, used for rows of no group and of groups that are too small.</summary>
    public ConformalThreshold Overall { get; }

    /// <summary>One threshold per group, in the order of their names; empty where there are none.</summary>
    public ImmutableArray<ConformalThreshold> Groups { get; }

    /// <summary>Sets one threshold for all rows.</summary>
    /// <param name="calibration">Rows the model was not fitted on; at least one. Two classes work too, with 1 - p beside p.</param>
    /// <param name="options">Null: <see cref="ConformalOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be used.</exception>
    public static ConformalRule Fit(MulticlassPredictions calibration, ConformalOptions? options = null) => Fit(calibration, null, [], options);

    /// <summary>Sets a threshold for each group that is large enough, and one for all other rows.</summary>
    /// <param name="calibration">Rows the model was not fitted on; at least one.</param>
    /// <param name="groupOfRow">For each row the place of its group in <paramref name="names"/>, -1 where it belongs to none; null: no row belongs to any.</param>
    /// <param name="names">The groups.</param>
    /// <param name="options">Null: <see cref="ConformalOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be used, or a row's group has no name.</exception>
    public static ConformalRule Fit(MulticlassPredictions calibration, int[]? groupOfRow, IReadOnlyList<string> names, ConformalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        ArgumentNullException.ThrowIfNull(names);
        options ??= ConformalOptions.Default;
        options.Check();
        calibration.Check();
        RowGroups.Check(groupOfRow, calibration.Count, names.Count);

        double[] scores = ScoresOfTargets(calibration, options.Score);
        bool repeats = calibration.Groups is not null && calibration.Groups.Distinct().Count() < calibration.Count;
        ConformalThreshold overall = All(scores, repeats, options);
        return new ConformalRule(
            options,
            [.. calibration.ClassNames],
            overall,
            [.. names.Select((name, group) => Group(name, groupOfRow is null ? [] : RowGroups.Rows(groupOfRow, group), scores, overall, repeats, options))]);
    }

    /// <summary>The sets of rows by the threshold of all rows.</summary>
    /// <param name="probabilities">Row-major, rows x classes, each 0 to 1, each row summing to 1 within 0.001; at least one row.</param>
    /// <exception cref="InvalidPredictionsException">The probabilities cannot be used.</exception>
    public PredictionSets Sets(double[] probabilities) => Sets(probabilities, null);

    /// <summary>The sets of rows, each by its group's threshold.</summary>
    /// <param name="probabilities">Row-major, rows x classes, each 0 to 1, each row summing to 1 within 0.001; at least one row.</param>
    /// <param name="groupOfRow">For each row the place of its group in <see cref="Groups"/>, -1 where it belongs to none; null: none does.</param>
    /// <exception cref="InvalidPredictionsException">The probabilities cannot be used, or a row's group is unknown.</exception>
    public PredictionSets Sets(double[] probabilities, int[]? groupOfRow)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        int classes = ClassNames.Length;
        int rows = probabilities.Length / classes;
        new MulticlassPredictions(probabilities, new int[rows], [.. ClassNames]).Check();
        RowGroups.Check(groupOfRow, rows, Groups.Length);

        bool[] members = new bool[probabilities.Length];
        double[] scores = new double[classes];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> own = probabilities.AsSpan(row * classes, classes);
            Span<bool> set = members.AsSpan(row * classes, classes);
            ConformalThreshold threshold = groupOfRow is null || groupOfRow[row] < 0 ? Overall : Groups[groupOfRow[row]];
            ConformalScores.Of(Options.Score, own, scores);
            for (int k = 0; k < classes; k++)
            {
                set[k] = scores[k] <= threshold.Value;
            }
            if (Options.NeverEmpty && !set.Contains(true))
            {
                set[ConformalScores.MostProbable(own)] = true;
            }
        }
        return new PredictionSets(ClassNames, members);
    }

    private static double[] ScoresOfTargets(MulticlassPredictions calibration, ConformalScore score)
    {
        int classes = calibration.ClassNames.Length;
        double[] own = new double[classes];
        double[] scores = new double[calibration.Count];
        for (int row = 0; row < scores.Length; row++)
        {
            ConformalScores.Of(score, calibration.Probabilities.AsSpan(row * classes, classes), own);
            scores[row] = own[calibration.Targets[row]];
        }
        return scores;
    }

    private static ConformalThreshold All(double[] scores, bool repeats, ConformalOptions options)
    {
        if (options.Rank(scores.Length) > scores.Length)
        {
            return new ConformalThreshold(null, double.PositiveInfinity, true, false, string.Create(CultureInfo.InvariantCulture,
                $"{scores.Length} calibration rows are too few for a coverage of {options.Percent}, which needs at least {options.FewestRows}: every set holds all classes."));
        }
        double value = Quantile(scores, options);
        return new ConformalThreshold(null, value, true, true, Note(value, repeats, options));
    }

    private static string Note(double value, bool repeats, ConformalOptions options)
    {
        if (value >= 1)
        {
            return $"The true class is the least probable one so often that a coverage of {options.Percent} takes sets of all classes.";
        }
        return repeats
            ? $"Patients have several calibration rows, so the coverage of {options.Percent} holds only about: it is exact for rows that are independent."
            : $"For rows drawn like the calibration rows, sets hold the true class in at least {options.Percent} on average.";
    }

    private static ConformalThreshold Group(string name, int[] rows, double[] scores, ConformalThreshold overall, bool repeats, ConformalOptions options)
    {
        long needed = Math.Max(options.FewestInGroup, options.FewestRows);

        if (rows.Length < needed)
        {
            // How few they are is not said: the size of a small group is nobody's business.
            return overall with
            {
                Group = name,
                IsOwn = false,
                Note = string.Create(CultureInfo.InvariantCulture,
                    $"'{name}' has fewer than {needed} calibration rows and takes the threshold of all rows: no coverage is promised within this group."),
            };
        }
        double value = Quantile([.. rows.Select(row => scores[row])], options);
        return new ConformalThreshold(name, value, true, true, Note(value, repeats, options));
    }

    private static double Quantile(double[] scores, ConformalOptions options)
    {
        double[] sorted = [.. scores.Order()];
        return sorted[options.Rank(sorted.Length) - 1];
    }
}
