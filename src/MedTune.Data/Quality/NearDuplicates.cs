using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Looks for rows that equal another row in all features but one.</summary>
/// <remarks>Only in tables with enough measurements of many values, where that does not happen by chance.</remarks>
internal static class NearDuplicates
{
    private const int FewestMeasurements = 5;
    private const int ManyValues = 20;
    private const int MostCompared = 40;
    private const int LookedAt = 2000;

    /// <summary>The finding, or null.</summary>
    public static Finding? In(ImmutableArray<FeatureColumn> features, int[] target)
    {
        NumberColumn[] rich = [.. features.OfType<NumberColumn>().Where(feature => feature.Profile.Distinct >= Math.Max(ManyValues, target.Length / 50) && feature.Profile.Missing < feature.Profile.Known && IsSpread(feature))];
        if (rich.Length < FewestMeasurements || target.Length < 2)
        {
            return null;
        }

        // Two rows that differ in one column agree in one of two halves of the columns.
        var isNear = new bool[target.Length];
        for (int half = 0; half < 2; half++)
        {
            Mark(isNear, features, [.. rich.Where((_, i) => i % 2 == half)]);
        }

        int rows = isNear.Count(near => near);
        return rows == 0
            ? null
            : new Finding(FindingCodes.NearDuplicates, FindingSeverity.Warning, null, rows,
                $"{rows} {(rows == 1 ? "row equals" : "rows equal")} an earlier row in all features but one.",
                "Kept; if these are the same patients again, name the patients with --patient so that they stay on one side of every split.");
    }

    // A measurement that is 0 in most rows says little about who a row is. Some rows are enough to see it.
    private static bool IsSpread(NumberColumn feature)
    {
        double[] some = [.. feature.Values.Take(LookedAt).Where(value => !double.IsNaN(value))];
        return some.Length > 0 && some.CountBy(value => value).Max(pair => pair.Value) <= 0.3 * some.Length;
    }

    private static void Mark(bool[] isNear, ImmutableArray<FeatureColumn> features, NumberColumn[] half)
    {
        var keys = new ulong[isNear.Length];
        var rows = new int[isNear.Length];
        for (int row = 0; row < keys.Length; row++)
        {
            rows[row] = row;
            ulong key = 0;
            foreach (NumberColumn column in half)
            {
                key = (key ^ (ulong)BitConverter.DoubleToInt64Bits(column.Values[row])) * 0x9E3779B97F4A7C15UL;
                key ^= key >> 29;
            }

            keys[row] = key;
        }

        Array.Sort(keys, rows);
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            // A large group agrees in these columns because they say little; its rows are told apart by the other half.
            if (end - start is > 1 and <= MostCompared)
            {
                int[] group = rows[start..end];
                Array.Sort(group);
                for (int i = 1; i < group.Length; i++)
                {
                    isNear[group[i]] |= group.Take(i).Any(before => DiffersInOne(features, before, group[i]));
                }
            }

            start = end;
        }
    }

    private static bool DiffersInOne(ImmutableArray<FeatureColumn> features, int first, int second)
    {
        int different = 0;
        foreach (FeatureColumn feature in features)
        {
            bool isEqual = feature is NumberColumn number
                ? number.Values[first].Equals(number.Values[second])
                : ((CategoryColumn)feature).Codes[first] == ((CategoryColumn)feature).Codes[second];
            if (!isEqual && ++different > 1)
            {
                return false;
            }
        }

        return different == 1;
    }
}
