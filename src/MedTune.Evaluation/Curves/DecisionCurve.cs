using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>Decision curve: the net benefit of acting on a model over the thresholds at which one might act, against acting on all and on none.</summary>
/// <remarks>
/// Vickers AJ, Elkin EB, Med Decis Making 2006;26:565-574 (net benefit; interventions avoided). Intervals are percentiles of a bootstrap over
/// rows, or over patients where they repeat (Vickers et al., BMC Med Inform Decis Mak 2008;8:53). The result does not depend on the order of the rows.
/// </remarks>
public sealed class DecisionCurve
{
    private const int Steps = 99;

    // Finest steps last: thresholds far above the share of events are of no use to anyone.
    private static readonly (double Prevalence, int PointsOfWhole)[] Scales = [(0.2, 100), (0.1, 200), (0.03, 500), (0.005, 2000), (0, 10_000)];

    private DecisionCurve(ImmutableArray<DecisionPoint> points) => Points = points;

    /// <summary>In rising order of the thresholds.</summary>
    public ImmutableArray<DecisionPoint> Points { get; }

    /// <summary>The curve over 99 equally spaced thresholds: 1 % to 99 %, or narrower where events are rare (up to 1 % for fewer than 5 in 1000).</summary>
    /// <param name="predictions">At least one row.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public static DecisionCurve Of(BinaryPredictions predictions, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        predictions.Check();
        double prevalence = (double)predictions.Targets.Sum() / predictions.Count;
        int whole = Scales.First(scale => prevalence >= scale.Prevalence).PointsOfWhole;
        return Of(predictions, [.. Enumerable.Range(1, Steps).Select(step => (double)step / whole)], options);
    }

    /// <summary>The curve over given thresholds.</summary>
    /// <param name="predictions">At least one row.</param>
    /// <param name="thresholds">Between 0 and 1 exclusively.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated, or a threshold is not between 0 and 1.</exception>
    public static DecisionCurve Of(BinaryPredictions predictions, double[] thresholds, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(thresholds);
        options ??= EvaluationOptions.Default;
        options.Check();
        predictions.Check();
        if (thresholds.Any(threshold => !(threshold > 0 && threshold < 1)))
        {
            throw new InvalidPredictionsException("A decision curve needs thresholds between 0 and 1, both excluded: at 0 everyone is treated, at 1 no one.");
        }

        double[] sorted = [.. thresholds.Order()];
        BinarySample rows = BinarySample.Of(predictions, [0.5]);
        int[] starts = [.. sorted.Select(threshold => FirstAtLeast(rows.Probabilities, threshold))];
        int outputs = 3 * sorted.Length;
        double[] values = new double[outputs];
        int[] once = new int[rows.UnitCount];
        Array.Fill(once, 1);
        Measure(rows, sorted, starts, once, values);
        double[][] replicates = Bootstrap.Replicates(
            options.Seed, rows.UnitCount, options.ResamplesFor(rows.Count), outputs, (counts, figures) => Measure(rows, sorted, starts, counts, figures));
        return new DecisionCurve([.. sorted.Select((threshold, i) => new DecisionPoint(threshold, Estimated(3 * i), Estimated((3 * i) + 1), Estimated((3 * i) + 2)))]);

        Estimate Estimated(int output) =>
            (Bootstrap.Percentile(replicates[output], rows.IsClustered, options) ?? Interval.None("no interval: every bootstrap resample gave the same figure"))
            .Around(values[output]);
    }

    /// <summary>Net benefit, that of acting on all, and interventions avoided for every threshold, from one pass over the rows.</summary>
    private static void Measure(BinarySample rows, double[] thresholds, int[] starts, ReadOnlySpan<int> counts, Span<double> figures)
    {
        long positives = 0;
        long negatives = 0;
        int next = thresholds.Length - 1;
        Span<long> found = stackalloc long[2];
        for (int i = rows.Count; i >= 0; i--)
        {
            // Rows from i on have been counted: they are what thresholds that start at i call positive.
            for (; next >= 0 && starts[next] == i; next--)
            {
                figures[3 * next] = positives;
                figures[(3 * next) + 1] = negatives;
            }
            if (i > 0)
            {
                found.Clear();
                found[rows.Targets[i - 1]] = counts[rows.Units[i - 1]];
                negatives += found[0];
                positives += found[1];
            }
        }

        double total = positives + negatives;
        for (int i = 0; i < thresholds.Length; i++)
        {
            double odds = thresholds[i] / (1 - thresholds[i]);
            double model = (figures[3 * i] - (figures[(3 * i) + 1] * odds)) / total;
            double all = (positives - (negatives * odds)) / total;
            figures[3 * i] = model;
            figures[(3 * i) + 1] = all;
            figures[(3 * i) + 2] = 100 * (model - all) / odds;
        }
    }

    private static int FirstAtLeast(double[] sorted, double threshold)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] >= threshold ? (low, middle) : (middle + 1, high);
        }
        return low;
    }
}
