namespace MedTune.Data;

/// <summary>What the order of the rows says about the target.</summary>
internal static class RowOrder
{
    /// <summary>How well the row's position alone tells one class from the others: the largest over the classes, with its standard errors from 0.5.</summary>
    /// <param name="target">The class of each row in the order of the file.</param>
    /// <param name="classCounts">Rows of each class.</param>
    public static (double Auroc, double Deviation) Strength(int[] target, int[] classCounts)
    {
        double best = 0.5;
        double deviation = 0;
        for (int category = classCounts.Length == 2 ? 1 : 0; category < classCounts.Length; category++)
        {
            double positives = classCounts[category];
            double negatives = target.Length - positives;
            if (positives == 0 || negatives == 0)
            {
                continue;
            }

            double area = 0;
            long below = 0;
            foreach (int found in target)
            {
                area += found == category ? below : 0;
                below += found == category ? 0 : 1;
            }

            area /= positives * negatives;
            area = Math.Max(area, 1 - area);
            double z = SingleColumnAuroc.Deviation(area, (long)positives, (long)negatives);
            if (area > best && z > deviation)
            {
                (best, deviation) = (area, z);
            }
        }

        return (best, deviation);
    }

    /// <summary>Whether the numbers go up (or down) with the rows and hardly repeat, as those of a counter do.</summary>
    /// <param name="values">The numbers in the order of the rows; NaN is missing.</param>
    public static bool IsCounter(double[] values)
    {
        int known = 0;
        int up = 0;
        int down = 0;
        double last = double.NaN;
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                continue;
            }

            known++;
            up += value > last ? 1 : 0;
            down += value < last ? 1 : 0;
            last = value;
        }

        return known >= 20 && known >= 0.95 * values.Length && Math.Max(up, down) >= 0.98 * (known - 1);
    }
}
