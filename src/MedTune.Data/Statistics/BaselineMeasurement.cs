using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Data;

/// <summary>Measures one column for a baseline table.</summary>
internal static class BaselineMeasurement
{
    private const int MostLevels = 8;

    // A mean this far from the median, in standard deviations, says little of the middle patient.
    private const double Skewed = 0.2;

    public static BaselineColumn Of(FeatureColumn feature, BaselineGroups groups) => feature switch
    {
        NumberColumn { IsCategory: false, Kind: not ColumnKind.YesNo } number => OfNumbers(number, groups),
        NumberColumn number => OfLevels(feature, Codes(number, out string[] levels), levels, groups),
        CategoryColumn category => OfLevels(feature, category.Codes, [.. category.Levels], groups),
        _ => throw new InvalidOperationException($"Column '{feature.Name}' is neither numbers nor levels."),
    };

    private static BaselineColumn OfNumbers(NumberColumn column, BaselineGroups groups)
    {
        NumberStatistics[] measured = [.. groups.Rows.Select(rows => NumberStatistics.Measure(column, rows))];
        double[] deviations = [.. measured.Select(each => each.Count > 1 ? each.StandardDeviation * Math.Sqrt(each.Count / (each.Count - 1.0)) : double.NaN)];
        bool isSkewed = Math.Abs(measured[0].Mean - measured[0].Median) > Skewed * measured[0].StandardDeviation;
        var cells = groups.Rows.Select((rows, place) => measured[place].Count < SmallCells.FewestRows
            ? BaselineCell.Hidden(BaselineCellState.TooFew)
            : isSkewed
                ? Quartiles(column, rows, measured[place])
                : new BaselineCell(BaselineCellState.Shown, measured[place].Mean, deviations[place], double.NaN));
        var lines = ImmutableArray.Create(new BaselineLine(isSkewed ? BaselineFigure.Median : BaselineFigure.Mean, "", [.. cells]));
        if (measured[0].Missing > 0)
        {
            lines = lines.Add(MissingLine([.. measured.Select(each => each.Missing)], groups, null, 0));
        }

        return new BaselineColumn(column.Name, lines,
        [
            .. groups.Splits.Select(split => Largest(split, (a, b) => measured[a].Count < SmallCells.FewestRows || measured[b].Count < SmallCells.FewestRows
                ? double.NaN
                : StandardizedDifference.OfNumbers(measured[a].Mean, deviations[a], measured[b].Mean, deviations[b]))),
        ]);
    }

    private static BaselineColumn OfLevels(FeatureColumn column, int[] codes, string[] names, BaselineGroups groups)
    {
        int[][] byLevel = Counts(codes, names.Length, groups);
        int[] missing = [.. groups.Rows.Select(rows => rows.Count(row => codes[row] < 0))];
        (string? Name, int[] Counts)[] levels = Named(names, byLevel, groups.Rows.Length);
        var table = new int[levels.Length + 1, groups.Rows.Length];
        for (int place = 0; place < groups.Rows.Length; place++)
        {
            for (int level = 0; level < levels.Length; level++)
            {
                table[level, place] = levels[level].Counts[place];
            }

            table[levels.Length, place] = missing[place];
        }

        var states = SmallCells.Hide(table, groups.Splits, sumsAreKnown: true);
        var lines = ImmutableArray.CreateBuilder<BaselineLine>();
        for (int level = levels.Length == 2 && levels[1].Name is not null ? 1 : 0; level < levels.Length; level++)
        {
            int at = level;
            lines.Add(new BaselineLine(BaselineFigure.Level, levels[level].Name, [.. groups.Rows.Select((rows, place) =>
                Counted(states[at, place], table[at, place], rows.Length - missing[place]))]));
        }

        if (missing[0] > 0)
        {
            lines.Add(MissingLine(missing, groups, states, levels.Length));
        }

        return new BaselineColumn(column.Name, lines.ToImmutable(),
        [
            .. groups.Splits.Select(split => Largest(split, (a, b) =>
                groups.Rows[a].Length - missing[a] < SmallCells.FewestRows || groups.Rows[b].Length - missing[b] < SmallCells.FewestRows
                    ? double.NaN
                    : StandardizedDifference.OfLevels([.. byLevel.Select(counts => counts[a])], [.. byLevel.Select(counts => counts[b])]))),
        ]);
    }

    /// <summary>The levels in order with their counts by place; rare ones, and those beyond the most listed, together as one without a name.</summary>
    private static (string? Name, int[] Counts)[] Named(string[] names, int[][] counts, int places)
    {
        int[] kept =
        [
            .. Enumerable.Range(0, names.Length)
                .Where(level => counts[level][0] >= SmallCells.Fewest)
                .OrderByDescending(level => counts[level][0]).ThenBy(level => level)
                .Take(names.Length <= MostLevels ? MostLevels : MostLevels - 1)
                .Order(),
        ];
        int[] others = [.. Enumerable.Range(0, names.Length).Except(kept).Where(level => counts[level][0] > 0)];
        var named = kept.Select(level => ((string?)names[level], counts[level]));
        return others.Length == 0
            ? [.. named]
            : [.. named, (null, [.. Enumerable.Range(0, places).Select(place => others.Sum(level => counts[level][place]))])];
    }

    private static BaselineLine MissingLine(int[] missing, BaselineGroups groups, BaselineCellState[,]? states, int level)
    {
        if (states is null)
        {
            var table = new int[1, missing.Length];
            for (int place = 0; place < missing.Length; place++)
            {
                table[0, place] = missing[place];
            }

            states = SmallCells.Hide(table, groups.Splits, sumsAreKnown: false);
        }

        return new BaselineLine(
            BaselineFigure.Missing, "", [.. groups.Rows.Select((rows, place) => Counted(states[level, place], missing[place], rows.Length))]);
    }

    private static BaselineCell Counted(BaselineCellState state, int count, int of) => state == BaselineCellState.Shown
        ? new BaselineCell(state, count, of > 0 ? (double)count / of : double.NaN, double.NaN)
        : BaselineCell.Hidden(state);

    private static BaselineCell Quartiles(NumberColumn column, int[] rows, NumberStatistics measured)
    {
        double[] sorted = [.. rows.Select(row => column.Values[row]).Where(value => !double.IsNaN(value)).Order()];
        return new BaselineCell(BaselineCellState.Shown, measured.Median, Quantile(sorted, 0.25), Quantile(sorted, 0.75));
    }

    /// <summary>With linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996).</summary>
    private static double Quantile(double[] sorted, double p)
    {
        double position = p * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    private static double Largest(int[] split, Func<int, int, double> difference)
    {
        double largest = double.NaN;
        for (int a = 0; a < split.Length; a++)
        {
            for (int b = a + 1; b < split.Length; b++)
            {
                double found = difference(split[a], split[b]);
                largest = double.IsNaN(largest) || found > largest ? found : largest;
            }
        }

        return largest;
    }

    private static int[][] Counts(int[] codes, int levels, BaselineGroups groups)
    {
        int[][] counts = [.. Enumerable.Range(0, levels).Select(_ => new int[groups.Rows.Length])];
        for (int place = 0; place < groups.Rows.Length; place++)
        {
            foreach (int row in groups.Rows[place])
            {
                if (codes[row] >= 0)
                {
                    counts[codes[row]][place]++;
                }
            }
        }

        return counts;
    }

    private static int[] Codes(NumberColumn column, out string[] levels)
    {
        double[] numbers = [.. column.Values.Where(value => !double.IsNaN(value)).Distinct().Order()];
        levels = [.. numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))];
        return Array.ConvertAll(column.Values, value => double.IsNaN(value) ? -1 : Array.BinarySearch(numbers, value));
    }
}
