namespace MedTune.Evaluation;

/// <summary>The concordance of predicted with observed benefit in pairs of one treated and one untreated patient. Never shown without <see cref="Warning"/>.</summary>
/// <remarks>
/// van Klaveren, Steyerberg, Serruys and Kent, J Clin Epidemiol 2018;94:59-68: patients of the larger arm are left out at random until both are equal, pairs are formed by rank
/// of predicted effect, a pair's observed benefit is the difference of its outcomes. Percentile bootstrap over patients, pairs formed again each time. Against it: Xia et al.,
/// Diagn Progn Res 2023;7:9. Does not depend on the order of the rows.
/// </remarks>
/// <param name="Figure">0.5 for predictions that tell nothing; undefined where no two pairs differ in observed benefit.</param>
/// <param name="Pairs">Pairs of patients.</param>
public sealed record CForBenefit(Estimate Figure, int Pairs)
{
    /// <summary>
    /// What every showing of the figure must say: it is not a proper score (a worse model can have a higher figure), it depends on the correlation of the two outcomes a patient
    /// could have, which no data show, and on how patients are paired.
    /// </summary>
    public const string Warning =
        "The c-for-benefit is not a proper score: a worse model can have a higher one, and it depends on how patients are paired. Judge by the targeting curve and the effect by group.";

    /// <summary>The figure on held-out rows.</summary>
    /// <param name="outcomes">One per row, finite; higher is better.</param>
    /// <param name="arms">The arm each row received; rows of arms other than the two take no part.</param>
    /// <param name="predictedEffects">One per row, finite; from models that saw none of these patients.</param>
    /// <param name="treated">The arm whose benefit is predicted.</param>
    /// <param name="control">The arm it is held against.</param>
    /// <param name="groups">The patient of each row; null when every row is another patient.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>; above 5,000 rows at most <see cref="EvaluationOptions.LargeResamples"/> resamples.</param>
    /// <exception cref="InvalidPredictionsException">Not one value per row, or an arm without rows.</exception>
    public static CForBenefit Of(
        double[] outcomes, int[] arms, double[] predictedEffects, int treated = 1, int control = 0, int[]? groups = null, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(arms);
        ArgumentNullException.ThrowIfNull(predictedEffects);
        options ??= EvaluationOptions.Default;
        options.Check();
        ArmChecks.Rows(outcomes, arms, Math.Max(2, arms.DefaultIfEmpty(0).Max() + 1), groups);
        ArmChecks.Same("predicted effects", predictedEffects.Length, outcomes.Length);
        ArmChecks.Finite("predicted effect", predictedEffects, 1);
        int[] kept = [.. Enumerable.Range(0, arms.Length).Where(row => arms[row] == treated || arms[row] == control)];
        double[] isTreated = Array.ConvertAll(kept, row => arms[row] == treated ? 1.0 : 0.0);
        if (!isTreated.Contains(0) || !isTreated.Contains(1))
        {
            throw new InvalidPredictionsException("A c-for-benefit pairs patients of two arms, and each needs at least one row.");
        }

        double[] predicted = Array.ConvertAll(kept, row => predictedEffects[row]);
        double[] observed = Array.ConvertAll(kept, row => outcomes[row]);
        CanonicalRows rows = CanonicalRows.Of(groups is null ? null : Array.ConvertAll(kept, row => groups[row]), [predicted, observed, isTreated]);
        BenefitPairs pairs = new(rows.Take(predicted), rows.Take(observed), [.. rows.Take(isTreated).Select(one => one == 1)], rows.Units, options.Seed);
        int[] once = new int[rows.UnitCount];
        Array.Fill(once, 1);
        double value = pairs.Concordance(once, 0);
        int size = pairs.Count;
        if (double.IsNaN(value))
        {
            return new CForBenefit(Estimate.Undefined("undefined: no two pairs differ in observed benefit"), size);
        }

        int resamples = kept.Length > 5000 ? Math.Min(EvaluationOptions.LargeResamples, options.Resamples) : options.Resamples;
        ulong stream = 0;
        double[][] replicates = Bootstrap.Replicates(
            options.Seed, rows.UnitCount, resamples, 1, (counts, figures) => figures[0] = pairs.Concordance(counts, ++stream));
        Interval interval = Bootstrap.Percentile(replicates[0], rows.IsClustered, options) ?? Interval.None("no interval: every bootstrap resample gave the same figure");
        return new CForBenefit(interval.Around(value), size);
    }
}
