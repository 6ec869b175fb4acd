using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>How a metric falls as the same rows are corrupted more and more.</summary>
/// <remarks>
/// Levels as in Hendrycks and Dietterich, ICLR 2019 (five per corruption). The relative loss of a metric that should be high is (m0 - m) / m0, of one that should be low
/// (m - m0) / m0; its mean over the levels above 0 is 1 - rPC of Michaelis et al., arXiv 1907.07484, 2019. Differences are those of <see cref="PairedComparison"/>; the relative
/// losses resample rows, or patients where they repeat, with all levels at once. An AUROC is taken as it is, so a coin has lost 0.5 / m0 of it, not all.
/// </remarks>
public sealed class RobustnessCurve
{
    internal RobustnessCurve(string metric, ImmutableArray<RobustnessLevel> levels, Estimate meanRelativeLoss)
    {
        Metric = metric;
        Levels = levels;
        MeanRelativeLoss = meanRelativeLoss;
    }

    /// <summary>The metric's name.</summary>
    public string Metric { get; }

    /// <summary>Level 0 first.</summary>
    public ImmutableArray<RobustnessLevel> Levels { get; }

    /// <summary>Mean of the relative losses of the levels above 0, with the interval of the paired bootstrap.</summary>
    public Estimate MeanRelativeLoss { get; }

    /// <summary>The curves of a two-class model.</summary>
    /// <param name="levels">The predictions for level 0, 1 and so on: at least two levels of the same rows in the same order, with the same targets, folds and groups.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <returns>By metric name, in ordinal order: <c>auroc</c>, <c>brier</c>, <c>log_loss</c>.</returns>
    /// <exception cref="InvalidPredictionsException">Fewer than two levels, predictions that cannot be evaluated, or levels of other rows.</exception>
    public static ImmutableSortedDictionary<string, RobustnessCurve> Of(IReadOnlyList<BinaryPredictions> levels, EvaluationOptions? options = null)
    {
        options = Check(levels, options);
        for (int level = 0; level < levels.Count; level++)
        {
            levels[level].Check();
            CheckSame(level, (levels[0].Targets, levels[0].Folds, levels[0].Groups), (levels[level].Targets, levels[level].Folds, levels[level].Groups));
        }
        PairedComparison[] comparisons = [.. levels.Skip(1).Select(one => PairedComparison.Of(levels[0], one, options))];
        Dictionary<string, Estimate>[] values = [.. levels.Select(one => LevelValues.Of(one, options))];
        return Curves(LevelFigures.Of(levels, options), values, comparisons);
    }

    /// <summary>The curves of a model of several classes.</summary>
    /// <param name="levels">The predictions for level 0, 1 and so on: at least two levels of the same rows in the same order, with the same classes, targets, folds and groups.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <returns>By metric name, in ordinal order: <c>accuracy</c>, <c>brier</c>, <c>log_loss</c>.</returns>
    /// <exception cref="InvalidPredictionsException">Fewer than two levels, predictions that cannot be evaluated, or levels of other rows or classes.</exception>
    public static ImmutableSortedDictionary<string, RobustnessCurve> Of(IReadOnlyList<MulticlassPredictions> levels, EvaluationOptions? options = null)
    {
        options = Check(levels, options);
        for (int level = 0; level < levels.Count; level++)
        {
            levels[level].Check();
            CheckSame(level, (levels[0].Targets, levels[0].Folds, levels[0].Groups), (levels[level].Targets, levels[level].Folds, levels[level].Groups));
        }
        PairedComparison[] comparisons = [.. levels.Skip(1).Select(one => PairedComparison.Of(levels[0], one, options))];
        Dictionary<string, Estimate>[] values = [.. levels.Select(one => LevelValues.Of(one, options))];
        return Curves(LevelFigures.Of(levels, options), values, comparisons);
    }

    private static ImmutableSortedDictionary<string, RobustnessCurve> Curves(
        IEnumerable<LevelFigures> figures, Dictionary<string, Estimate>[] values, PairedComparison[] comparisons) =>
        figures.Select(one =>
        {
            Estimate[] losses = one.RelativeLosses();
            RobustnessLevel[] above =
            [
                .. comparisons.Select((comparison, i) => comparison.Differences[one.Metric]).Select((difference, i) =>
                    new RobustnessLevel(i + 1, values[i + 1][one.Metric], difference.Difference, difference.PValue, losses[i])),
            ];
            Estimate none = Estimate.WithoutInterval(0, "no interval: level 0 is what the other levels are held against");
            RobustnessLevel clean = new(0, values[0][one.Metric], none, double.NaN, none);
            return new RobustnessCurve(one.Metric, [clean, .. above], losses[^1]);
        }).ToImmutableSortedDictionary(curve => curve.Metric, curve => curve, StringComparer.Ordinal);

    private static EvaluationOptions Check<T>(IReadOnlyList<T> levels, EvaluationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(levels);
        options ??= EvaluationOptions.Default;
        options.Check();
        return levels.Count >= 2
            ? options
            : throw new InvalidPredictionsException("A robustness curve needs the predictions of level 0 and of at least one level above it.");
    }

    private static void CheckSame(int level, (int[] Targets, int[]? Folds, int[]? Groups) clean, (int[] Targets, int[]? Folds, int[]? Groups) own)
    {
        string? what = !clean.Targets.AsSpan().SequenceEqual(own.Targets) ? "targets" : Differ(clean.Folds, own.Folds) ? "folds" : Differ(clean.Groups, own.Groups) ? "groups" : null;
        if (what is not null)
        {
            throw new InvalidPredictionsException(string.Create(CultureInfo.InvariantCulture,
                $"Level {level} must hold the same rows in the same order as level 0, but their {what} differ."));
        }

        static bool Differ(int[]? a, int[]? b) => (a is null) != (b is null) || (a is not null && !a.AsSpan().SequenceEqual(b));
    }
}
