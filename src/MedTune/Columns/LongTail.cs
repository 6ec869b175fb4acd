using MedTune.Tensors;

namespace MedTune.Columns;

/// <summary>Finds columns whose few large values stretch far, as those of most laboratory values do; their logarithms are nearer to a normal distribution.</summary>
internal static class LongTail
{
    // The exponential distribution's skewness: beyond it, single values pull a straight line.
    private const double LeastSkewness = 2;
    private const int FewestValues = 20;

    /// <summary>The least that a logarithm is taken of: half the smallest positive value; 0 where the column is not long-tailed or has negative values.</summary>
    /// <param name="sorted">The values there are, ascending.</param>
    public static double FloorOf(List<double> sorted)
    {
        if (sorted.Count < FewestValues || sorted[0] < 0 || sorted[^1] <= 0 || Skewness(sorted) < LeastSkewness)
        {
            return 0;
        }

        // Two values are a yes and a no, however rare the yes.
        int levels = 1;
        for (int i = 1; i < sorted.Count && levels < 3; i++)
        {
            levels += sorted[i] > sorted[i - 1] ? 1 : 0;
        }

        return levels < 3 ? 0 : 0.5 * sorted.Find(value => value > 0);
    }

    /// <summary>Mean and standard deviation of the logarithms, missing values filled; zeros without a floor.</summary>
    public static (double Mean, double Deviation) Moments(List<double> values, int missing, double fill, double floor)
    {
        if (floor <= 0)
        {
            return (0, 0);
        }

        int count = values.Count + missing;
        double filled = DoubleMath.Log(Math.Max(fill, floor));
        double sum = missing * filled;
        foreach (double value in values)
        {
            sum += DoubleMath.Log(Math.Max(value, floor));
        }

        double mean = sum / count;
        double squares = missing * (filled - mean) * (filled - mean);
        foreach (double value in values)
        {
            double apart = DoubleMath.Log(Math.Max(value, floor)) - mean;
            squares += apart * apart;
        }

        return (mean, Math.Sqrt(squares / count));
    }

    private static double Skewness(List<double> values)
    {
        double mean = values.Average();
        double squares = 0;
        double cubes = 0;
        foreach (double value in values)
        {
            double apart = value - mean;
            squares += apart * apart;
            cubes += apart * apart * apart;
        }

        double variance = squares / values.Count;
        return variance > 0 ? cubes / values.Count / (variance * Math.Sqrt(variance)) : 0;
    }
}
