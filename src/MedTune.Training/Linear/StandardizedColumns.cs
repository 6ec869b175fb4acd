using System.Runtime.CompilerServices;

namespace MedTune.Training;

/// <summary>Columns of a table with mean 0 and variance 1 over given rows; what is missing stands at the mean, and a column that never changes at 0.</summary>
internal sealed class StandardizedColumns
{
    private StandardizedColumns(double[] means, double[] deviations, double[][] columns) => (Means, Deviations, Columns) = (means, deviations, columns);

    /// <summary>The mean of each column's known values.</summary>
    public double[] Means { get; }

    /// <summary>Their standard deviation (divided by their number); 0 where the column never changes.</summary>
    public double[] Deviations { get; }

    /// <summary>For each column its values over the rows.</summary>
    public double[][] Columns { get; }

    /// <summary>Measures rows.</summary>
    /// <param name="matrix">All rows, one after the other, missing as NaN.</param>
    /// <param name="features">Values of a row.</param>
    /// <param name="rows">The rows that may be looked at.</param>
    /// <param name="scale">What is done to each value first.</param>
    public static StandardizedColumns Of(ReadOnlySpan<float> matrix, int features, ReadOnlySpan<int> rows, ValueScale scale)
    {
        var columns = new double[features][];
        for (int feature = 0; feature < features; feature++)
        {
            columns[feature] = new double[rows.Length];
        }

        for (int i = 0; i < rows.Length; i++)
        {
            var row = matrix.Slice(rows[i] * features, features);
            for (int feature = 0; feature < features; feature++)
            {
                columns[feature][i] = scale.Apply(row[feature]);
            }
        }

        var (means, deviations) = (new double[features], new double[features]);
        for (int feature = 0; feature < features; feature++)
        {
            (means[feature], deviations[feature]) = Standardize(columns[feature]);
        }

        return new StandardizedColumns(means, deviations, columns);
    }

    /// <summary>Gives a column mean 0 and variance 1.</summary>
    /// <returns>What it had before.</returns>
    public static (double Mean, double Deviation) Standardize(double[] column)
    {
        (double sum, int known) = (0, 0);
        foreach (double value in column)
        {
            sum += double.IsNaN(value) ? 0 : value;
            known += double.IsNaN(value) ? 0 : 1;
        }

        double mean = known > 0 ? sum / known : 0, squares = 0;
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = double.IsNaN(column[i]) ? 0 : column[i] - mean;
            squares += column[i] * column[i];
        }

        // What is left of a constant after subtracting its mean is rounding.
        double deviation = known > 0 ? Math.Sqrt(squares / known) : 0;
        deviation = deviation > 1e-9 * Math.Abs(mean) ? deviation : 0;
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = deviation > 0 ? column[i] / deviation : 0;
        }

        return (mean, deviation);
    }

    /// <summary>Some of the columns of some rows, given mean 0 and variance 1 again.</summary>
    public static double[][] Part(IReadOnlyList<double[]> columns, int[] rows)
    {
        var part = new double[columns.Count][];
        for (int feature = 0; feature < part.Length; feature++)
        {
            double[] own = Array.ConvertAll(rows, row => columns[feature][row]);
            Standardize(own);
            part[feature] = own;
        }

        return part;
    }

    /// <summary>The features that tell classes best by themselves: the largest variance between classes, the first of equals.</summary>
    /// <param name="columns">Standardized columns of training rows.</param>
    /// <param name="classes">The class of each of these rows.</param>
    /// <param name="count">Number of classes.</param>
    /// <param name="wanted">How many features.</param>
    /// <returns>Ascending.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] MostTelling(IReadOnlyList<double[]> columns, int[] classes, int count, int wanted)
    {
        var sizes = new int[count];
        foreach (int label in classes)
        {
            sizes[label]++;
        }

        var between = new double[columns.Count];
        var sums = new double[count];
        for (int feature = 0; feature < between.Length; feature++)
        {
            Array.Clear(sums);
            double[] column = columns[feature];
            for (int i = 0; i < column.Length; i++)
            {
                sums[classes[i]] += column[i];
            }

            for (int label = 0; label < count; label++)
            {
                between[feature] -= sizes[label] > 0 ? sums[label] * sums[label] / sizes[label] : 0;
            }
        }

        int[] order = [.. Enumerable.Range(0, between.Length)];
        Array.Sort(order, (a, b) => between[a] != between[b] ? between[a].CompareTo(between[b]) : a.CompareTo(b));
        int[] chosen = order[..Math.Min(wanted, order.Length)];
        Array.Sort(chosen);
        return chosen;
    }
}
