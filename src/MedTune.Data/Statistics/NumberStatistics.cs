namespace MedTune.Data;

/// <summary>What the numbers of a column are like on given rows.</summary>
/// <param name="Mean">Arithmetic mean of the known values; NaN when there is none.</param>
/// <param name="StandardDeviation">Of the population (divided by n), as for standardizing; 0 when all values agree, NaN when there is none.</param>
/// <param name="Median">The middle value, or the mean of the two middle ones; NaN when there is none.</param>
/// <param name="Minimum">The smallest value; NaN when there is none.</param>
/// <param name="Maximum">The largest value; NaN when there is none.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Count">Rows with a value.</param>
public sealed record NumberStatistics(
    double Mean,
    double StandardDeviation,
    double Median,
    double Minimum,
    double Maximum,
    int Missing,
    int Count)
{
    /// <summary>Measures a column on given rows only: for a fold, its training rows.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">Rows of the dataset, from 0.</param>
    public static NumberStatistics Measure(NumberColumn column, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(column);
        var known = new double[rows.Length];
        int count = 0;
        foreach (int row in rows)
        {
            double value = column.Values[row];
            if (!double.IsNaN(value))
            {
                known[count++] = value;
            }
        }

        int missing = rows.Length - count;
        if (count == 0)
        {
            return new NumberStatistics(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, missing, 0);
        }

        // Sorted first, so that the sums do not depend on the order of the rows.
        Span<double> sorted = known.AsSpan(0, count);
        sorted.Sort();
        double mean = Sum(sorted, 0, squared: false) / count;
        double variance = Sum(sorted, mean, squared: true) / count;
        double median = count % 2 == 1 ? sorted[count / 2] : (sorted[(count / 2) - 1] * 0.5) + (sorted[count / 2] * 0.5);
        double deviation = sorted[0] == sorted[^1] ? 0 : Math.Sqrt(variance);
        return new NumberStatistics(mean, deviation, median, sorted[0], sorted[^1], missing, count);
    }

    // Kahan and Babuska's compensated sum in Neumaier's form (ZAMM 54, 1974).
    private static double Sum(ReadOnlySpan<double> values, double center, bool squared)
    {
        double sum = 0;
        double lost = 0;
        foreach (double value in values)
        {
            double term = squared ? (value - center) * (value - center) : value;
            double next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }

        return sum + lost;
    }
}
