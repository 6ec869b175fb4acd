using System.Runtime.CompilerServices;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune.Columns;

/// <summary>Measures one column on the training rows of one fold.</summary>
internal static class ColumnMeasurement
{
    public static MeasuredColumn Of(PlanColumn plan, FeatureColumn column, ReadOnlySpan<int> rows) => (plan.Use, column) switch
    {
        (PlanColumn.Number, NumberColumn number) => Number(number, rows),
        (PlanColumn.Coded, NumberColumn number) => Coded(number, rows),
        (_, CategoryColumn category) => Category(category, rows),
        _ => throw new PlanException($"Column '{plan.Name}' cannot be used as '{plan.Use}'."),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static MeasuredColumn Number(NumberColumn column, ReadOnlySpan<int> rows)
    {
        var known = new List<double>(rows.Length);
        foreach (int row in rows)
        {
            if (!double.IsNaN(column.Values[row]))
            {
                known.Add(column.Values[row]);
            }
        }

        known.Sort();
        int missing = rows.Length - known.Count;
        double fill = known.Count == 0 ? 0 : known.Count % 2 == 1 ? known[known.Count / 2] : 0.5 * (known[(known.Count / 2) - 1] + known[known.Count / 2]);
        double mean = (known.Sum() + (missing * fill)) / rows.Length;
        double squares = missing * (fill - mean) * (fill - mean);
        foreach (double value in known)
        {
            squares += (value - mean) * (value - mean);
        }

        double deviation = Math.Sqrt(squares / rows.Length);
        double floor = LongTail.FloorOf(known);
        var (logMean, logDeviation) = LongTail.Moments(known, missing, fill, floor);
        return new MeasuredColumn(column.Name, ColumnUse.Number, missing, rows.Length)
        {
            Fill = fill,
            Mean = mean,

            // A spread that is only rounding would blow noise up to the size of a signal.
            Deviation = deviation > 1e-9 * Math.Max(1e-300, Math.Abs(mean)) ? deviation : 0,
            Minimum = known.Count == 0 ? 0 : known[0],
            Maximum = known.Count == 0 ? 0 : known[^1],
            LogFloor = floor,
            LogMean = logMean,
            LogDeviation = logDeviation,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static MeasuredColumn Coded(NumberColumn column, ReadOnlySpan<int> rows)
    {
        var counted = new Dictionary<float, int>();
        int missing = 0;
        foreach (int row in rows)
        {
            if (double.IsNaN(column.Values[row]))
            {
                missing++;
            }
            else
            {
                float code = (float)column.Values[row];
                counted[code] = counted.GetValueOrDefault(code) + 1;
            }
        }

        var counts = new SortedDictionary<float, int>(counted);

        return new MeasuredColumn(column.Name, ColumnUse.Coded, missing, rows.Length)
        {
            Codes = [.. counts.Keys],
            Levels = [.. counts.Keys.Select(InputReader.LevelText)],
            Mode = counts.Count == 0 ? "" : InputReader.LevelText(counts.MaxBy(pair => pair.Value).Key),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static MeasuredColumn Category(CategoryColumn column, ReadOnlySpan<int> rows)
    {
        var counts = new int[column.Levels.Length];
        int missing = 0;
        foreach (int row in rows)
        {
            if (column.Codes[row] < 0)
            {
                missing++;
            }
            else
            {
                counts[column.Codes[row]]++;
            }
        }

        return new MeasuredColumn(column.Name, ColumnUse.Category, missing, rows.Length)
        {
            Levels = [.. column.Levels.Where((_, code) => counts[code] > 0)],
            Mode = missing == rows.Length ? "" : column.Levels[Array.IndexOf(counts, counts.Max())],
        };
    }
}
