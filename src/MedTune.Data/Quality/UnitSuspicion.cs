using MedTune.Tensors;

namespace MedTune.Data;

/// <summary>Looks for columns whose values form two clusters as far apart as two units of one measurement are.</summary>
internal static class UnitSuspicion
{
    private const int FewestValues = 6;
    private const double FewestShare = 0.02;

    private static readonly (double Factor, string What)[] Conversions =
    [
        (2.2046, "pounds and kilograms"), (2.54, "centimeters and inches"), (10, "g/L and g/dL, or a lost decimal mark"), (17.1, "umol/L and mg/dL of bilirubin"),
        (18.016, "mg/dL and mmol/L of glucose"), (38.67, "mg/dL and mmol/L of cholesterol"), (88.42, "umol/L and mg/dL of creatinine"),
        (100, "centimeters and meters, or percent and shares"), (1000, "units with and without the prefix milli or kilo"),
    ];

    /// <summary>The finding for a column of numbers, or null.</summary>
    public static Finding? In(ColumnProfile profile, ColumnTally tally)
    {
        double[] values = tally.Numbers!;
        int first = Array.FindIndex(values, value => value > 0);
        if (first < 0 || values[0] < 0 || values.Length - first < 2 * FewestValues)
        {
            return null;
        }

        int cut = WidestGap(values, first);
        int low = 0;
        int high = 0;
        for (int level = first; level < values.Length; level++)
        {
            if (level < cut)
            {
                low += tally.Count(level);
            }
            else
            {
                high += tally.Count(level);
            }
        }

        // Two clusters, each narrower than the step between them; a long tail has its gaps too, but no cluster behind them.
        double gap = values[cut] / values[cut - 1];
        double spread = Math.Max(values[cut - 1] / values[first], values[^1] / values[cut]);
        int fewest = Math.Min(low, high);
        if (cut - first < FewestValues || values.Length - cut < FewestValues || fewest < FewestShare * (low + high) || gap < 1.3 || spread > 12)
        {
            return null;
        }

        double ratio = Median(tally, cut, values.Length) / Median(tally, first, cut);
        foreach ((double factor, string what) in Conversions)
        {
            if (Math.Abs(DoubleMath.Log(ratio / factor)) < 0.18)
            {
                return new Finding(FindingCodes.UnitSuspicion, FindingSeverity.Warning, profile.Name, fewest,
                    FormattableString.Invariant($"'{profile.Name}' has two clusters of values about {ratio:0.#} times apart, as {what} are."),
                    "Kept as they are; check whether part of the rows is in another unit, and convert them.");
            }
        }

        return null;
    }

    private static int WidestGap(double[] values, int first)
    {
        int cut = first + 1;
        double widest = 0;
        for (int level = first + FewestValues; level <= values.Length - FewestValues; level++)
        {
            double gap = values[level] / values[level - 1];
            if (gap > widest)
            {
                (widest, cut) = (gap, level);
            }
        }

        return cut;
    }

    private static double Median(ColumnTally tally, int from, int to)
    {
        long rows = 0;
        for (int level = from; level < to; level++)
        {
            rows += tally.Count(level);
        }

        long passed = 0;
        for (int level = from; level < to; level++)
        {
            passed += tally.Count(level);
            if (2 * passed >= rows)
            {
                return tally.Numbers![level];
            }
        }

        return tally.Numbers![to - 1];
    }
}
