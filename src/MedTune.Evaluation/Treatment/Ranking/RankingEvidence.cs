using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>What several held-out splits together say of a ranking, so that no single split decides.</summary>
/// <remarks>
/// Twice the median of the splits' one-sided p-values is a valid p-value although the splits share patients (Rüschendorf, Adv Appl Probab 1982;14:623-632; Meinshausen, Meier
/// and Bühlmann, J Am Stat Assoc 2009;104:1671-1681). The interval is the same statement turned round: median ends of the splits' intervals, each with half the error
/// probability (Chernozhukov, Demirer, Duflo and Fernández-Val, "Generic machine learning inference", NBER 24678).
/// </remarks>
/// <param name="Splits">Splits with a standard error or without any ranking.</param>
/// <param name="Figure">The median over the splits with its interval.</param>
/// <param name="Lowest">The smallest of the splits' figures.</param>
/// <param name="Highest">The largest.</param>
/// <param name="MedianError">The median of the splits' standard errors.</param>
/// <param name="PValue">One-sided, at most 1.</param>
/// <param name="SplitsAbove">Splits whose own interval lies above 0: shown for honesty, not for deciding.</param>
/// <param name="IsClaimed">Whether <paramref name="PValue"/> is at most the level of the claim.</param>
public sealed record RankingEvidence(
    int Splits, Estimate Figure, double Lowest, double Highest, double MedianError, double PValue, int SplitsAbove, bool IsClaimed)
{
    /// <summary>The level of the claim that choosing by the ranking helps, one-sided, unless another is given.</summary>
    public const double UsualLevel = 0.025;

    /// <summary>Combines the same figure of several splits: AUTOC of each, or Qini of each. Name beforehand which of the two decides.</summary>
    /// <param name="splits">At least one; models fitted on one part, figures of the other. A split whose model ranks nobody (all priorities equal) counts with p = 1.</param>
    /// <param name="level">Of the claim, one-sided, between 0 and 0.5.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">There is no split, or one has no p-value.</exception>
    public static RankingEvidence Of(IReadOnlyList<EffectEstimate> splits, double level = UsualLevel, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(level, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 0.5);
        options ??= EvaluationOptions.Default;
        options.Check();
        if (splits.Count == 0 || splits.Any(split => double.IsNaN(split.PValueAbove)))
        {
            throw new InvalidPredictionsException("Evidence over splits needs at least one split, and each needs its p-value.");
        }

        double p = Math.Min(1, 2 * Medians.Of(splits.Select(split => split.PValueAbove)));
        double reach = NormalDistribution.Quantile(1 - ((1 - options.Confidence) / 4));
        double median = Medians.Of(splits.Select(split => split.Value));
        Interval interval = new(
            Medians.Of(splits.Select(split => split.Value - (reach * split.StandardError))),
            Medians.Of(splits.Select(split => split.Value + (reach * split.StandardError))),
            string.Create(CultureInfo.InvariantCulture, $"{options.Percent} interval, median of {splits.Count} splits"));
        return new RankingEvidence(
            splits.Count,
            interval.Around(median),
            splits.Min(split => split.Value),
            splits.Max(split => split.Value),
            Medians.Of(splits.Select(split => split.StandardError)),
            p,
            splits.Count(split => split.Figure.Low > 0),
            p <= level);
    }
}
