using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>Features of the training samples as bins of at most 255 values: numbers by quantiles, categories by level.</summary>
/// <remarks>
/// Bin 0 is "missing" for a number, and "never seen or rare" for a category, which belongs to no set of levels. Bins are made from the values
/// as a model's graph sees them (float), so that a sample goes the same way in training and in the finished model.
/// </remarks>
public sealed class BinnedFeatures
{
    /// <summary>Most bins of values; bin 0 comes on top.</summary>
    public const int MaximumBins = 255;

    private readonly byte[][] _bins;
    private readonly float[][] _marks;
    private readonly bool[] _isCategory;

    private BinnedFeatures(int rows, byte[][] bins, float[][] marks, bool[] isCategory)
    {
        Rows = rows;
        _bins = bins;
        _marks = marks;
        _isCategory = isCategory;
    }

    /// <summary>Number of samples.</summary>
    public int Rows { get; }

    /// <summary>Number of features.</summary>
    public int Features => _bins.Length;

    /// <summary>Bins the chosen rows of a matrix.</summary>
    /// <param name="matrix">Row-major, one row per sample of the dataset, missing as NaN.</param>
    /// <param name="isCategory">Per column: whether its values are codes of levels.</param>
    /// <param name="rows">The training samples.</param>
    public static BinnedFeatures Of(ReadOnlySpan<float> matrix, ReadOnlySpan<bool> isCategory, ReadOnlySpan<int> rows)
    {
        int width = isCategory.Length;
        var (bins, marks) = (new byte[width][], new float[width][]);
        var values = new float[rows.Length];
        for (int f = 0; f < width; f++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = matrix[(rows[i] * width) + f];
            }

            marks[f] = isCategory[f] ? Levels(values) : Thresholds(values);
            bins[f] = isCategory[f] ? BinLevels(values, marks[f]) : BinNumbers(values, marks[f]);
        }

        return new BinnedFeatures(rows.Length, bins, marks, isCategory.ToArray());
    }

    /// <summary>Whether a feature's bins are levels.</summary>
    internal bool IsCategory(int feature) => _isCategory[feature];

    /// <summary>Bins of a feature, bin 0 included.</summary>
    internal int BinCount(int feature) => _marks[feature].Length + (_isCategory[feature] ? 1 : 2);

    /// <summary>The bin of every sample.</summary>
    internal byte[] Bins(int feature) => _bins[feature];

    /// <summary>The largest value that still belongs to a bin of a number; float.MaxValue for the last.</summary>
    internal float Threshold(int feature, int bin) => bin <= _marks[feature].Length ? _marks[feature][bin - 1] : float.MaxValue;

    /// <summary>The code of a level.</summary>
    internal float Level(int feature, int bin) => _marks[feature][bin - 1];

    private static float[] Thresholds(float[] column)
    {
        float[] known = Array.FindAll(column, value => !float.IsNaN(value));
        Array.Sort(known);
        var distinct = new List<(float Value, int Count)>();
        foreach (float value in known)
        {
            if (distinct.Count > 0 && distinct[^1].Value == value)
            {
                distinct[^1] = (value, distinct[^1].Count + 1);
            }
            else
            {
                distinct.Add((value, 1));
            }
        }

        var thresholds = new List<float>();
        double wanted = distinct.Count <= MaximumBins ? 0 : (double)known.Length / MaximumBins;
        int inBin = 0;
        for (int i = 0; i + 1 < distinct.Count && thresholds.Count < MaximumBins - 1; i++)
        {
            inBin += distinct[i].Count;
            if (inBin >= wanted)
            {
                thresholds.Add(Between(distinct[i].Value, distinct[i + 1].Value));
                inBin = 0;
            }
        }

        return [.. thresholds];
    }

    /// <summary>A float from low up to, but not including, high.</summary>
    private static float Between(float low, float high)
    {
        float middle = (float)(0.5 * ((double)low + high));
        return float.IsFinite(middle) && middle >= low && middle < high ? middle : low;
    }

    private static float[] Levels(float[] column)
    {
        var counts = new SortedDictionary<float, int>();
        foreach (float value in column.Where(value => !float.IsNaN(value)))
        {
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        return [.. counts.OrderByDescending(pair => pair.Value).Take(MaximumBins).Select(pair => pair.Key).Order()];
    }

    private static byte[] BinNumbers(float[] column, float[] thresholds)
    {
        var bins = new byte[column.Length];
        for (int i = 0; i < bins.Length; i++)
        {
            if (!float.IsNaN(column[i]))
            {
                // The first threshold that the value does not exceed.
                int place = Array.BinarySearch(thresholds, column[i]);
                bins[i] = (byte)(1 + (place < 0 ? ~place : place));
            }
        }

        return bins;
    }

    private static byte[] BinLevels(float[] column, float[] levels) =>
        Array.ConvertAll(column, value => (byte)(Array.BinarySearch(levels, value) is >= 0 and var place ? place + 1 : 0));
}
