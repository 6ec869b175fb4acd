using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>Area under the ROC curve, its structural components and its variance, from rows sorted by probability.</summary>
/// <remarks>
/// DeLong ER, DeLong DM, Clarke-Pearson DL, Biometrics 1988;44:837-845, computed from ranks instead of pairs as in Sun X, Xu W,
/// IEEE Signal Processing Letters 2014;21:1389-1393: linear after the sort.
/// </remarks>
internal static class DeLong
{
    /// <summary>The area by counting pairs in whole numbers; ties count half. NaN when a class is missing.</summary>
    /// <param name="blocks">Where each run of equal probabilities starts, and the end.</param>
    /// <param name="targets">0 or 1 in the order of the probabilities.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    public static double Area(ReadOnlySpan<int> blocks, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights)
    {
        long below = 0;
        long positives = 0;
        long twicePairs = 0;
        for (int block = 0; block + 1 < blocks.Length; block++)
        {
            (long positive, long negative) = BlockCounts(blocks, block, targets, weights);
            twicePairs += positive * ((2 * below) + negative);
            below += negative;
            positives += positive;
        }
        return positives == 0 || below == 0 ? double.NaN : twicePairs / (2.0 * positives * below);
    }

    /// <summary>
    /// The structural component of every row: for a positive row the share of negative rows below it (ties half), for a negative
    /// row the share of positive rows above it. The mean over either class is the area.
    /// </summary>
    public static double[] Components(ReadOnlySpan<int> blocks, ReadOnlySpan<int> targets)
    {
        long positives = 0;
        foreach (int target in targets)
        {
            positives += target;
        }
        double negatives = targets.Length - positives;
        double[] components = new double[targets.Length];
        long positivesBelow = 0;
        long negativesBelow = 0;
        for (int block = 0; block + 1 < blocks.Length; block++)
        {
            (long positive, long negative) = BlockCounts(blocks, block, targets, []);
            double ofPositive = (negativesBelow + (0.5 * negative)) / negatives;
            double ofNegative = (positives - positivesBelow - (0.5 * positive)) / positives;
            for (int i = blocks[block]; i < blocks[block + 1]; i++)
            {
                components[i] = targets[i] == 1 ? ofPositive : ofNegative;
            }
            positivesBelow += positive;
            negativesBelow += negative;
        }
        return components;
    }

    /// <summary>The components of rows in any order, and the area.</summary>
    public static double[] ComponentsByRow(double[] probabilities, int[] targets, out double area)
    {
        int[] order = new int[probabilities.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        BinarySample rows = BinarySample.Of(probabilities, targets, new bool[order.Length], order, order.Length);
        area = Area(rows.Blocks, rows.Targets, []);
        double[] sorted = Components(rows.Blocks, rows.Targets);
        double[] byRow = new double[order.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            byRow[rows.Units[i]] = sorted[i];
        }
        return byRow;
    }

    /// <summary>The covariance of two areas on the same rows (the variance, when both are one); NaN when a class has fewer than two rows.</summary>
    public static double Covariance(ReadOnlySpan<double> first, double firstArea, ReadOnlySpan<double> second, double secondArea, ReadOnlySpan<int> targets)
    {
        double positiveSum = 0;
        double negativeSum = 0;
        long positives = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double product = (first[i] - firstArea) * (second[i] - secondArea);
            if (targets[i] == 1)
            {
                positiveSum += product;
                positives++;
            }
            else
            {
                negativeSum += product;
            }
        }
        double m = positives;
        double n = targets.Length - positives;
        return m < 2 || n < 2 ? double.NaN : (positiveSum / (m - 1) / m) + (negativeSum / (n - 1) / n);
    }

    /// <summary>The interval of an area: DeLong's variance on the logit scale, Newcombe's method 5 where that variance is 0 or unknown.</summary>
    public static Interval Of(BinarySample rows, double area, EvaluationOptions options)
    {
        double[] components = Components(rows.Blocks, rows.Targets);
        double variance = Covariance(components, area, components, area, rows.Targets);
        if (!(variance > 0) || area <= 0 || area >= 1)
        {
            long positives = rows.Targets.Sum();
            return NewcombeAurocInterval.Of(area, positives, rows.Count - positives, options);
        }

        // The delta method: the standard error of logit(A) is that of A over A (1 - A). Keeps the ends inside 0 to 1.
        double half = options.NormalQuantile * Math.Sqrt(variance) / (area * (1 - area));
        double logit = DoubleMath.Log(area / (1 - area));
        return new Interval(
            DoubleMath.Sigmoid(logit - half), DoubleMath.Sigmoid(logit + half), $"{options.Percent} interval, DeLong variance, logit scale");
    }

    private static (long Positive, long Negative) BlockCounts(ReadOnlySpan<int> blocks, int block, ReadOnlySpan<int> targets, ReadOnlySpan<int> weights)
    {
        long positive = 0;
        long total = 0;
        for (int i = blocks[block]; i < blocks[block + 1]; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[i];
            positive += weight * targets[i];
            total += weight;
        }
        return (positive, total - positive);
    }
}
