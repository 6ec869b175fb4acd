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
    private SlotRows? _slots;

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

            var distinct = DistinctValues.Of(values);
            marks[f] = isCategory[f] ? Levels(distinct) : Thresholds(distinct);
            bins[f] = distinct.Map(isCategory[f] ? BinsOfLevels(distinct, marks[f]) : BinsOfNumbers(distinct, marks[f]));
        }

        return new BinnedFeatures(rows.Length, bins, marks, isCategory.ToArray());
    }

    /// <summary>Whether a feature's bins are levels.</summary>
    internal bool IsCategory(int feature) => _isCategory[feature];

    /// <summary>Bins of a feature, bin 0 included.</summary>
    internal int BinCount(int feature) => _marks[feature].Length + (_isCategory[feature] ? 1 : 2);

    /// <summary>The bin of every sample.</summary>
    internal byte[] Bins(int feature) => _bins[feature];

    /// <summary>Bins of all features.</summary>
    internal long SlotCount => Enumerable.Range(0, Features).Sum(feature => (long)BinCount(feature));

    /// <summary>The bins of every sample, row by row; made when first asked for, from one thread.</summary>
    internal SlotRows Slots() => _slots ??= SlotRows.Of(_bins, [.. Enumerable.Range(0, Features).Select(BinCount)], Rows);

    /// <summary>The largest value that still belongs to a bin of a number; float.MaxValue for the last.</summary>
    internal float Threshold(int feature, int bin) => bin <= _marks[feature].Length ? _marks[feature][bin - 1] : float.MaxValue;

    /// <summary>The code of a level.</summary>
    internal float Level(int feature, int bin) => _marks[feature][bin - 1];

    private static float[] Thresholds(DistinctValues distinct)
    {
        var (values, counts) = (distinct.Values, distinct.Counts);
        var thresholds = new List<float>();
        double wanted = values.Length <= MaximumBins ? 0 : (double)counts.Sum() / MaximumBins;
        int inBin = 0;
        for (int i = 0; i + 1 < values.Length && thresholds.Count < MaximumBins - 1; i++)
        {
            inBin += counts[i];
            if (inBin >= wanted)
            {
                thresholds.Add(Between(values[i], values[i + 1]));
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

    /// <summary>The most frequent values, in order.</summary>
    private static float[] Levels(DistinctValues distinct) =>
        [.. distinct.Values.Zip(distinct.Counts).OrderByDescending(pair => pair.Second).Take(MaximumBins).Select(pair => pair.First).Order()];

    /// <summary>The first threshold that a value does not exceed.</summary>
    private static byte[] BinsOfNumbers(DistinctValues distinct, float[] thresholds) =>
        Array.ConvertAll(distinct.Values, value => (byte)(1 + (Array.BinarySearch(thresholds, value) is var place && place < 0 ? ~place : place)));

    private static byte[] BinsOfLevels(DistinctValues distinct, float[] levels) =>
        Array.ConvertAll(distinct.Values, value => (byte)(Array.BinarySearch(levels, value) is >= 0 and var place ? place + 1 : 0));
}
