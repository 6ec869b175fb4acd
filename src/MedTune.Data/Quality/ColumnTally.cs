namespace MedTune.Data;

/// <summary>How often each value of a column occurs in each class, in two halves of the rows that are drawn by the row's number.</summary>
internal sealed class ColumnTally
{
    private readonly int[] _counts;
    private readonly int[] _missing;

    private ColumnTally(double[]? numbers, int levels, int classes, int[] counts, int[] missing)
    {
        Numbers = numbers;
        Levels = levels;
        Classes = classes;
        _counts = counts;
        _missing = missing;
    }

    /// <summary>The distinct numbers, rising; null for texts.</summary>
    public double[]? Numbers { get; }

    /// <summary>Number of distinct values.</summary>
    public int Levels { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Rows of a level in a class and a half; level <see cref="Levels"/> is "missing".</summary>
    public int Count(int level, int half, int category) => level == Levels
        ? _missing[(half * Classes) + category]
        : _counts[(((level * 2) + half) * Classes) + category];

    /// <summary>Rows of a level in a class.</summary>
    public int Count(int level, int category) => Count(level, 0, category) + Count(level, 1, category);

    /// <summary>Rows of a level.</summary>
    public int Count(int level)
    {
        int count = 0;
        for (int category = 0; category < Classes; category++)
        {
            count += Count(level, category);
        }

        return count;
    }

    /// <summary>Counts a feature. A column without target has one class.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="column">The same column as text.</param>
    /// <param name="rows">The table's row of each dataset row.</param>
    /// <param name="target">The class of each row; -1 is taken as 0.</param>
    /// <param name="classes">Number of classes.</param>
    public static ColumnTally Of(FeatureColumn feature, TableColumn column, int[] rows, int[] target, int classes)
    {
        classes = Math.Max(1, classes);
        var number = feature as NumberColumn;
        int[]? levelOfRow = (feature as CategoryColumn)?.Codes;
        ReadOnlySpan<int> codes = column.Codes;
        int distinct = number is null ? ((CategoryColumn)feature).Levels.Length : column.Distinct;
        var counts = new int[distinct * 2 * classes];
        var missing = new int[2 * classes];
        var values = new double[number is null ? 0 : distinct];
        Array.Fill(values, double.NaN);
        for (int i = 0; i < rows.Length; i++)
        {
            int level = number is null ? levelOfRow![i] : double.IsNaN(number.Values[i]) ? -1 : codes[rows[i]];
            int cell = (HalfOf(i) * classes) + Math.Max(0, target[i]);
            if (level < 0)
            {
                missing[cell]++;
                continue;
            }

            counts[(level * 2 * classes) + cell]++;
            if (number is not null)
            {
                values[level] = number.Values[i];
            }
        }

        return number is null ? new ColumnTally(null, distinct, classes, counts, missing) : Sorted(values, counts, classes, missing);
    }

    // Equal numbers may be written differently and are one level; texts of rows that are left out are none.
    private static ColumnTally Sorted(double[] values, int[] counts, int classes, int[] missing)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).Where(code => !double.IsNaN(values[code]))];
        double[] keys = Array.ConvertAll(order, code => values[code]);
        Array.Sort(keys, order);
        int width = 2 * classes;
        var merged = new int[order.Length * width];
        int levels = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            if (i == 0 || keys[i] != keys[levels - 1])
            {
                keys[levels++] = keys[i];
            }

            for (int cell = 0; cell < width; cell++)
            {
                merged[((levels - 1) * width) + cell] += counts[(order[i] * width) + cell];
            }
        }

        return new ColumnTally(keys[..levels], levels, classes, merged, missing);
    }

    // A fixed scramble of the row's number: neighbors fall into different halves as by a coin.
    private static int HalfOf(int row)
    {
        ulong bits = ((ulong)row + 1) * 0x9E3779B97F4A7C15UL;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        return (int)((bits ^ (bits >> 27)) >> 40) & 1;
    }
}
