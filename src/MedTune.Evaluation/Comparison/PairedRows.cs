namespace MedTune.Evaluation;

/// <summary>The rows two models share, in one canonical order, with what the bootstrap draws and which rows each fold holds.</summary>
internal sealed class PairedRows
{
    private readonly int[] _order;

    public PairedRows(int[] order, int[]? folds, int[]? groups, EvaluationOptions options)
    {
        _order = order;
        Options = options;
        (Units, UnitCount) = ResamplingUnits.Of(groups is null ? null : [.. order.Select(row => groups[row])], order.Length);
        Folds = folds is null
            ? []
            : [.. folds.Distinct().Order().Select(fold => Enumerable.Range(0, order.Length).Where(i => folds[order[i]] == fold).ToArray())];
    }

    public EvaluationOptions Options { get; }

    public int[] Units { get; }

    public int UnitCount { get; }

    public int Count => _order.Length;

    public bool IsClustered => UnitCount < Count;

    /// <summary>The positions of each fold's rows, folds ascending.</summary>
    public int[][] Folds { get; }

    /// <summary>Sorts by both models' figures, then target, fold and patient.</summary>
    public static int[] Order(int[] targets, int[]? folds, int[]? groups, Func<int, (double First, double Second)> figures)
    {
        (double First, double Second)[] keys = [.. Enumerable.Range(0, targets.Length).Select(figures)];
        int[] order = [.. Enumerable.Range(0, targets.Length)];
        order.AsSpan().Sort((a, b) =>
        {
            int result = (keys[a].First + 0.0).CompareTo(keys[b].First + 0.0);
            result = result != 0 ? result : (keys[a].Second + 0.0).CompareTo(keys[b].Second + 0.0);
            result = result != 0 ? result : targets[a].CompareTo(targets[b]);
            result = result != 0 || folds is null ? result : folds[a].CompareTo(folds[b]);
            return result != 0 || groups is null ? result : groups[a].CompareTo(groups[b]);
        });
        return order;
    }

    /// <summary>A value per row, in the canonical order.</summary>
    public double[] Pick(Func<int, double> value)
    {
        double[] picked = new double[_order.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = value(_order[i]);
        }
        return picked;
    }

    /// <summary>The patient-bootstrap interval and p-value of one figure of a resample.</summary>
    public (Estimate Difference, double PValue) Resample(double difference, Func<int[], double> figure)
    {
        double[][] replicates = Bootstrap.Replicates(Options.Seed, UnitCount, Options.ResamplesFor(Count), 1, (counts, figures) =>
        {
            int[] weights = new int[Count];
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = counts[Units[i]];
            }
            figures[0] = figure(weights);
        });
        Interval interval = Bootstrap.Percentile(replicates[0], true, Options)
            ?? Interval.None("no interval: every bootstrap resample gave the same figure");
        return (interval.Around(difference), double.IsNaN(interval.Low) ? double.NaN : NormalP(difference, replicates[0]));
    }

    /// <summary>The fold part of a comparison.</summary>
    public PairedDifference WithFolds(string metric, Estimate difference, double pValue, double[] foldDifferences)
    {
        double[] defined = [.. foldDifferences.Where(double.IsFinite)];
        if (defined.Length == 0)
        {
            string reason = Folds.Length == 0 ? "undefined: the predictions have no folds" : "undefined: no fold defines the metric";
            return new PairedDifference(metric, difference, pValue, [.. foldDifferences], Estimate.Undefined(reason), double.NaN);
        }
        double mean = MeanInterval.Mean(defined);
        return new PairedDifference(
            metric, difference, pValue, [.. foldDifferences], FoldInterval.Of(defined, mean, Options).Around(mean), FoldInterval.StandardError(defined, mean));
    }

    private static double NormalP(double difference, double[] replicates)
    {
        double[] defined = [.. replicates.Where(double.IsFinite)];
        double mean = MeanInterval.Mean(defined);
        double squares = 0;
        foreach (double replicate in defined)
        {
            squares += (replicate - mean) * (replicate - mean);
        }
        return NormalDistribution.TwoSidedP(difference / Math.Sqrt(squares / (defined.Length - 1)));
    }
}
