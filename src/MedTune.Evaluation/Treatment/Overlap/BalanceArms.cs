namespace MedTune.Evaluation;

/// <summary>Means and variances of one column in each arm.</summary>
internal sealed class BalanceArms(int[] arms, int armCount, double[]? weights)
{
    /// <summary>The line of a column.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="kind">Shares have the variance of a yes/no fact.</param>
    /// <param name="level">Of a share.</param>
    /// <param name="values">One per row; NaN where missing.</param>
    public BalanceLine Line(string column, BalanceKind kind, string level, double[] values)
    {
        double[] means = new double[armCount];
        double[] variances = new double[armCount];
        double[] weighted = new double[weights is null ? 0 : armCount];
        for (int arm = 0; arm < armCount; arm++)
        {
            // Sorted, so that sums do not depend on the order of the rows.
            int[] own = [.. Enumerable.Range(0, arms.Length).Where(row => arms[row] == arm && !double.IsNaN(values[row])).OrderBy(row => values[row]).ThenBy(row => weights?[row] ?? 1)];
            double[] known = Array.ConvertAll(own, row => values[row]);
            means[arm] = MeanInterval.Mean(known);
            variances[arm] = kind == BalanceKind.Mean ? Variance(known, means[arm]) : means[arm] * (1 - means[arm]);
            if (weights is not null)
            {
                weighted[arm] = own.Sum(row => weights[row] * values[row]) / own.Sum(row => weights[row]);
            }
        }
        return new BalanceLine(column, kind, level, [.. means], [.. weighted], [.. FromControl(means, variances)], [.. FromControl(weighted, variances)])
        {
            Largest = Largest(means, variances),
            LargestWeighted = Largest(weighted, variances),
        };
    }

    private static double Variance(double[] values, double mean)
    {
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }
        return values.Length < 2 ? 0 : squares / (values.Length - 1);
    }

    private static IEnumerable<double> FromControl(double[] means, double[] variances) =>
        means.Select((mean, arm) => arm == 0 ? 0 : Difference(mean - means[0], variances[arm], variances[0]));

    private static double Largest(double[] means, double[] variances)
    {
        double largest = double.NaN;
        for (int arm = 0; arm < means.Length; arm++)
        {
            for (int other = 0; other < arm; other++)
            {
                double difference = Math.Abs(Difference(means[arm] - means[other], variances[arm], variances[other]));
                largest = double.IsNaN(largest) || difference > largest ? difference : largest;
            }
        }
        return largest;
    }

    private static double Difference(double difference, double first, double second) =>
        difference == 0 ? 0 : difference / Math.Sqrt((first + second) / 2);
}
