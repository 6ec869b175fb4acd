using System.Runtime.CompilerServices;

namespace MedTune.Training;

/// <summary>Samples with few features each: for every row the columns that are not zero, ascending, and their values.</summary>
/// <param name="width">Number of columns.</param>
/// <param name="starts">Where each row begins, and where the last one ends.</param>
/// <param name="columns">The columns of all rows, one row after the other.</param>
/// <param name="values">Their values.</param>
internal sealed class SparseRows(int width, int[] starts, int[] columns, float[] values)
{
    /// <summary>Number of rows.</summary>
    public int Count => starts.Length - 1;

    /// <summary>Number of columns.</summary>
    public int Width => width;

    /// <summary>The columns of a row that are not zero.</summary>
    public ReadOnlySpan<int> Columns(int row) => columns.AsSpan(starts[row]..starts[row + 1]);

    /// <summary>The values of these columns.</summary>
    public ReadOnlySpan<float> Values(int row) => values.AsSpan(starts[row]..starts[row + 1]);

    /// <summary>Makes rows one by one.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="width">Number of columns.</param>
    /// <param name="write">Adds the columns and values of a row to the two lists, columns ascending.</param>
    public static SparseRows Of(int rows, int width, Action<int, List<int>, List<float>> write)
    {
        var (columns, values, starts) = (new List<int>(), new List<float>(), new int[rows + 1]);
        for (int row = 0; row < rows; row++)
        {
            write(row, columns, values);
            starts[row + 1] = columns.Count;
        }

        return new SparseRows(width, starts, [.. columns], [.. values]);
    }

    /// <summary>Each column times its factor, and then each row divided by its length (the root of its sum of squares); rows of zeros stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SparseRows OfUnitLength(ReadOnlySpan<float> factors)
    {
        var scaled = new float[values.Length];
        for (int row = 0; row < Count; row++)
        {
            double squares = 0;
            for (int i = starts[row]; i < starts[row + 1]; i++)
            {
                scaled[i] = values[i] * factors[columns[i]];
                squares += (double)scaled[i] * scaled[i];
            }

            float length = (float)Math.Sqrt(squares);
            for (int i = starts[row]; i < starts[row + 1] && length > 0; i++)
            {
                scaled[i] /= length;
            }
        }

        return new SparseRows(width, starts, columns, scaled);
    }
}
