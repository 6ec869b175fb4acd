using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>
/// Two-class predictions in one canonical order (probability, then target, decision, fold and patient), so that every sum and every
/// bootstrap draw is the same whatever order the rows came in.
/// </summary>
internal sealed class BinarySample
{
    /// <summary>Probabilities are kept this far from 0 and 1 where a logarithm is taken (2^-52, as scikit-learn does for doubles).</summary>
    public const double Clip = 2.220446049250313e-16;

    private double[]? _losses;
    private double[]? _squaredErrors;
    private double[]? _logits;
    private LogisticFit? _interceptFit;
    private LogisticFit? _slopeFit;
    private LogisticStart? _interceptStart;
    private LogisticStart? _slopeStart;

    private BinarySample(double[] probabilities, int[] targets, bool[] decisions, int[]? folds, int[] units, int unitCount)
    {
        Probabilities = probabilities;
        Targets = targets;
        Decisions = decisions;
        Folds = folds;
        Units = units;
        UnitCount = unitCount;
        Blocks = FindBlocks(probabilities);
    }

    /// <summary>Ascending.</summary>
    public double[] Probabilities { get; }

    public int[] Targets { get; }

    /// <summary>Whether the row was called positive.</summary>
    public bool[] Decisions { get; }

    public int[]? Folds { get; }

    /// <summary>What the bootstrap draws: the patient of each row, or the row itself, numbered from 0.</summary>
    public int[] Units { get; }

    public int UnitCount { get; }

    /// <summary>Where each run of equal probabilities starts, and at the end the number of rows.</summary>
    public int[] Blocks { get; }

    public int Count => Probabilities.Length;

    /// <summary>Whether patients repeat.</summary>
    public bool IsClustered => UnitCount < Count;

    /// <summary>-log of the (clipped) probability given to what happened, per row.</summary>
    public double[] Losses => _losses ??= Map(static (p, target) => -DoubleMath.Log(Math.Max(target == 1 ? p : 1 - p, Clip)));

    /// <summary>Squared distance between probability and outcome, per row.</summary>
    public double[] SquaredErrors => _squaredErrors ??= Map(static (p, target) => (p - target) * (p - target));

    /// <summary>Log-odds of the (clipped) probability, per row.</summary>
    public double[] Logits => _logits ??= Map(static (p, _) => Logit(p));

    /// <summary>Calibration intercept with the slope held at 1, on all rows.</summary>
    public LogisticFit InterceptFit => _interceptFit ??= LogisticRefit.Intercept(Logits, Targets, []);

    /// <summary>Calibration intercept and slope together, on all rows.</summary>
    public LogisticFit SlopeFit => _slopeFit ??= LogisticRefit.Slope(Logits, Targets, []);

    /// <summary>Where the refits of resamples start.</summary>
    public LogisticStart InterceptStart => _interceptStart ??= LogisticStart.Of(InterceptFit, Logits, Targets);

    /// <summary>Where the refits of resamples start.</summary>
    public LogisticStart SlopeStart => _slopeStart ??= LogisticStart.Of(SlopeFit, Logits, Targets);

    public static double Logit(double p)
    {
        double clipped = Math.Min(Math.Max(p, Clip), 1 - Clip);
        return DoubleMath.Log(clipped / (1 - clipped));
    }

    /// <summary>The sample of checked predictions, each row called positive where its probability reaches its threshold.</summary>
    public static BinarySample Of(BinaryPredictions predictions, ReadOnlySpan<double> thresholds)
    {
        bool[] decisions = new bool[predictions.Count];
        for (int row = 0; row < decisions.Length; row++)
        {
            decisions[row] = predictions.Probabilities[row] >= thresholds[thresholds.Length == 1 ? 0 : row];
        }
        int[] order = Order(predictions.Probabilities, predictions.Targets, decisions, predictions.Folds, predictions.Groups);
        int[]? groups = predictions.Groups is null ? null : Pick(predictions.Groups, order);
        (int[] units, int unitCount) = ResamplingUnits.Of(groups, order.Length);
        return new BinarySample(
            Positive(Pick(predictions.Probabilities, order)),
            Pick(predictions.Targets, order),
            Pick(decisions, order),
            predictions.Folds is null ? null : Pick(predictions.Folds, order),
            units,
            unitCount);
    }

    /// <summary>One class of a several-class sample against the rest; the resampling units are those of the whole sample.</summary>
    public static BinarySample Of(double[] probabilities, int[] targets, bool[] decisions, int[] units, int unitCount)
    {
        int[] order = Order(probabilities, targets, decisions, null, units);
        return new BinarySample(Positive(Pick(probabilities, order)), Pick(targets, order), Pick(decisions, order), null, Pick(units, order), unitCount);
    }

    private static int[] Order(double[] probabilities, int[] targets, bool[] decisions, int[]? folds, int[]? groups)
    {
        int[] order = new int[probabilities.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        double[] keys = Positive((double[])probabilities.Clone());
        Array.Sort(keys, order);

        int[] blocks = FindBlocks(keys);
        for (int block = 0; block + 1 < blocks.Length; block++)
        {
            if (blocks[block + 1] - blocks[block] > 1)
            {
                order.AsSpan(blocks[block]..blocks[block + 1]).Sort((a, b) => Compare(a, b));
            }
        }
        return order;

        int Compare(int a, int b)
        {
            int result = targets[a].CompareTo(targets[b]);
            result = result != 0 ? result : decisions[a].CompareTo(decisions[b]);
            result = result != 0 || folds is null ? result : folds[a].CompareTo(folds[b]);
            return result != 0 || groups is null ? result : groups[a].CompareTo(groups[b]);
        }
    }

    /// <summary>Turns -0 into 0: they are one probability but sort apart.</summary>
    private static double[] Positive(double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += 0.0;
        }
        return values;
    }

    private static int[] FindBlocks(double[] sorted)
    {
        List<int> starts = [];
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                starts.Add(i);
            }
        }
        starts.Add(sorted.Length);
        return [.. starts];
    }

    private static T[] Pick<T>(T[] values, int[] order)
    {
        T[] picked = new T[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            picked[i] = values[order[i]];
        }
        return picked;
    }

    private double[] Map(Func<double, int, double> function)
    {
        double[] values = new double[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = function(Probabilities[i], Targets[i]);
        }
        return values;
    }
}
