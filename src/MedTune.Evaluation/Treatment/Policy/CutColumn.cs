namespace MedTune.Evaluation;

/// <summary>A column cut at candidate thresholds.</summary>
internal sealed class CutColumn
{
    /// <summary>Cuts a column.</summary>
    /// <param name="values">NaN where missing: missing lies above every threshold.</param>
    /// <param name="most">Thresholds.</param>
    public CutColumn(double[] values, int most)
    {
        double[] known = [.. values.Where(value => !double.IsNaN(value)).Order()];
        double[] distinct = [.. known.Distinct()];

        // Nothing lies above the largest value, unless some are missing.
        int usable = known.Length < values.Length ? distinct.Length : Math.Max(0, distinct.Length - 1);
        Thresholds = usable <= most
            ? distinct[..usable]
            : [.. Enumerable.Range(1, most).Select(cut => known[(int)((long)known.Length * cut / (most + 1))]).Where(value => value <= distinct[usable - 1]).Distinct()];
        Bins = Array.ConvertAll(values, Bin);
    }

    /// <summary>Rising.</summary>
    public double[] Thresholds { get; }

    /// <summary>For each row how many thresholds it lies above; missing: all of them.</summary>
    public int[] Bins { get; }

    /// <summary>The rows by rising bin, those of one bin in their own order.</summary>
    public int[] RowsByBin()
    {
        int[] next = new int[Thresholds.Length + 2];
        foreach (int bin in Bins)
        {
            next[bin + 1]++;
        }
        for (int bin = 1; bin < next.Length; bin++)
        {
            next[bin] += next[bin - 1];
        }
        int[] rows = new int[Bins.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[next[Bins[row]]++] = row;
        }
        return rows;
    }

    private int Bin(double value)
    {
        if (double.IsNaN(value))
        {
            return Thresholds.Length;
        }
        int place = Array.BinarySearch(Thresholds, value);
        return place < 0 ? ~place : place;
    }
}
