using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>The average effect of one arm against another, with standard errors that count patients, not rows.</summary>
/// <remarks>No figure depends on the order of the rows.</remarks>
public static class AverageEffect
{
    /// <summary>The doubly robust average effect: the mean of the scores, with a t interval over patients.</summary>
    /// <param name="scores">At least one row.</param>
    /// <param name="weights">Null, or one per row, 0 or more: carries the effect over to patients distributed otherwise (see <see cref="EffectiveSampleSize"/>).</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The scores or weights cannot be used.</exception>
    public static EffectEstimate Of(EffectScores scores, double[]? weights = null, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        options ??= EvaluationOptions.Default;
        options.Check();
        scores.Check();
        double[] own = weights ?? [.. Enumerable.Repeat(1.0, scores.Count)];
        CheckWeights(own, scores.Count);
        CanonicalRows rows = CanonicalRows.Of(scores.Groups, [scores.Values, own]);
        return Ratio(rows, [.. rows.Order.Select(row => own[row] * scores.Values[row])], rows.Take(own), options);
    }

    /// <summary>
    /// The average effect in the patients where all arms were possible: every row counts by its overlap weight 1 / Σ 1/e_k (for two arms e (1 - e)). Nothing is clipped, because
    /// no propensity is divided by.
    /// </summary>
    /// <remarks>
    /// Li, Morgan and Zaslavsky, J Am Stat Assoc 2018;113:390-400; several arms: Li and Li, Ann Appl Stat 2019;13:2389-2415; augmented by the outcome model as in Mao, Li and
    /// Greene, Stat Methods Med Res 2019;28:2439-2454.
    /// </remarks>
    /// <param name="predictions">At least one row in every arm.</param>
    /// <param name="treated">The arm whose benefit is asked.</param>
    /// <param name="control">The arm it is held against.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public static EffectEstimate OverlapWeighted(TreatmentPredictions predictions, int treated = 1, int control = 0, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        options ??= EvaluationOptions.Default;
        options.Check();
        predictions.Check();
        ArmChecks.Arm(treated, predictions.ArmCount);
        ArmChecks.Arm(control, predictions.ArmCount);
        double[] weighted = new double[predictions.Count];
        double[] weights = new double[predictions.Count];
        for (int row = 0; row < weights.Length; row++)
        {
            int first = row * predictions.ArmCount;
            int received = predictions.Arms[row];
            weights[row] = OverlapWeights.Of(predictions.Propensities.AsSpan(first, predictions.ArmCount));
            weighted[row] = weights[row] * (predictions.OutcomePredictions[first + treated] - predictions.OutcomePredictions[first + control]);
            double residual = weights[row] / predictions.Propensities[first + received] * (predictions.Outcomes[row] - predictions.OutcomePredictions[first + received]);
            weighted[row] += received == treated ? residual : 0;
            weighted[row] -= received == control ? residual : 0;
        }
        CanonicalRows rows = CanonicalRows.Of(predictions.Groups, [weighted, weights]);
        return Ratio(rows, rows.Take(weighted), rows.Take(weights), options);
    }

    /// <summary>The plain difference of the arms' mean outcomes: right in a randomized trial only. Without repeated patients the error is Welch's.</summary>
    /// <param name="outcomes">One per row, finite.</param>
    /// <param name="arms">The arm of each row; rows of arms other than the two take no part.</param>
    /// <param name="treated">The arm whose benefit is asked.</param>
    /// <param name="control">The arm it is held against.</param>
    /// <param name="groups">The patient of each row; null when every row is another patient.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">Not one arm per row, or fewer than two rows in one of the two arms.</exception>
    public static EffectEstimate DifferenceOfMeans(
        double[] outcomes, int[] arms, int treated = 1, int control = 0, int[]? groups = null, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(arms);
        options ??= EvaluationOptions.Default;
        options.Check();
        ArmChecks.Same("arms", arms.Length, outcomes.Length);
        ArmChecks.Same("patients", groups?.Length ?? outcomes.Length, outcomes.Length);
        ArmChecks.Finite("outcome", outcomes, 1);
        int[] kept = [.. Enumerable.Range(0, arms.Length).Where(row => arms[row] == treated || arms[row] == control)];
        double[] signs = Array.ConvertAll(kept, row => arms[row] == treated ? 1.0 : -1.0);
        double[] own = Array.ConvertAll(kept, row => outcomes[row]);
        int many = signs.Count(sign => sign > 0);
        int few = signs.Length - many;
        if (many < 2 || few < 2)
        {
            throw new InvalidPredictionsException("A difference of means needs at least two rows in each of the two arms.");
        }

        CanonicalRows rows = CanonicalRows.Of(groups is null ? null : Array.ConvertAll(kept, row => groups[row]), [signs, own]);
        (signs, own) = (rows.Take(signs), rows.Take(own));
        double above = MeanInterval.Mean(own.AsSpan(few));
        double below = MeanInterval.Mean(own.AsSpan(0, few));
        double[] influences = [.. own.Select((outcome, i) => signs[i] > 0 ? (outcome - above) / many : (below - outcome) / few)];
        if (rows.IsClustered)
        {
            return rows.Estimate(above - below, influences, options);
        }

        double variance = 0;
        for (int i = 0; i < influences.Length; i++)
        {
            variance += influences[i] * influences[i] * (signs[i] > 0 ? many / (many - 1.0) : few / (few - 1.0));
        }
        return EffectEstimates.Student(above - below, Math.Sqrt(variance), rows.Count, rows.UnitCount, false, options);
    }

    /// <summary>
    /// One figure from several cross-fitting partitions of the same rows: the median, with each partition's distance from it added to its variance before the median of those
    /// is taken (Chernozhukov et al., Econometrics Journal 2018;21:C1-C68, definition 3.3).
    /// </summary>
    /// <param name="partitions">At least one; the same rows, other folds.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">There is none, or one has no standard error.</exception>
    public static EffectEstimate Combine(IReadOnlyList<EffectEstimate> partitions, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(partitions);
        options ??= EvaluationOptions.Default;
        options.Check();
        if (partitions.Count == 0 || partitions.Any(one => !double.IsFinite(one.Value) || !double.IsFinite(one.StandardError)))
        {
            throw new InvalidPredictionsException("A combination over partitions needs at least one effect, and each needs its standard error.");
        }
        double median = Medians.Of(partitions.Select(one => one.Value));
        double variance = Medians.Of(partitions.Select(one => (one.StandardError * one.StandardError) + ((one.Value - median) * (one.Value - median))));
        return EffectEstimates.Normal(
            median, Math.Sqrt(variance), partitions[0].Rows, partitions[0].Patients,
            string.Create(CultureInfo.InvariantCulture, $"interval, median of {partitions.Count} partitions"), options);
    }

    /// <summary>Σ weighted / Σ weights with its influences.</summary>
    private static EffectEstimate Ratio(CanonicalRows rows, double[] weighted, double[] weights, EvaluationOptions options)
    {
        double total = 0;
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            total += weights[i];
            sum += weighted[i];
        }
        double mean = sum / total;
        return rows.Estimate(mean, [.. weights.Select((weight, i) => (weighted[i] - (weight * mean)) / total)], options);
    }

    private static void CheckWeights(double[] weights, int count)
    {
        ArmChecks.Same("weights", weights.Length, count);
        if (weights.Any(weight => !(weight >= 0 && double.IsFinite(weight))) || !weights.Any(weight => weight > 0))
        {
            throw new InvalidPredictionsException("Weights must be finite and 0 or more, and one at least above 0.");
        }
    }
}
