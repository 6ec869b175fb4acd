using System.Globalization;

using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>The percentile bootstrap over rows or patients. Resample r depends on the seed and r only, never on the order of work.</summary>
/// <remarks>Efron B, Tibshirani RJ, "An Introduction to the Bootstrap", 1993, chapter 13; patients drawn whole as in Field CA, Welsh AH, J R Stat Soc B 2007;69:369-390.</remarks>
internal static class Bootstrap
{
    /// <summary>Above this share of resamples in which a figure is undefined, its interval would describe another question.</summary>
    private const double MostUndefined = 0.1;

    /// <summary>What is measured in each resample: reads the counts of the units, writes one figure per output.</summary>
    public delegate void Measure(ReadOnlySpan<int> unitCounts, Span<double> figures);

    /// <summary>The figures of every resample: <c>[output][resample]</c>.</summary>
    public static double[][] Replicates(ulong seed, int units, int resamples, int outputs, Measure measure)
    {
        double[][] replicates = new double[outputs][];
        for (int output = 0; output < outputs; output++)
        {
            replicates[output] = new double[resamples];
        }
        int[] counts = new int[units];
        double[] figures = new double[outputs];
        for (int resample = 0; resample < resamples; resample++)
        {
            Draw(seed, resample, counts);
            measure(counts, figures);
            for (int output = 0; output < outputs; output++)
            {
                replicates[output][resample] = figures[output];
            }
        }
        return replicates;
    }

    /// <summary>Draws as many units as there are, with replacement, and counts how often each came.</summary>
    public static void Draw(ulong seed, int resample, Span<int> counts)
    {
        Philox random = new(seed, RandomPurpose.Bootstrap, (ulong)resample);
        counts.Clear();
        for (int draw = 0; draw < counts.Length; draw++)
        {
            counts[random.Below(counts.Length, (ulong)draw)]++;
        }
    }

    /// <summary>The percentile interval of the replicates, or why there is none; null when every resample gave the same figure.</summary>
    public static Interval? Percentile(double[] replicates, bool patients, EvaluationOptions options)
    {
        double[] sorted = [.. replicates.Where(double.IsFinite)];
        int undefined = replicates.Length - sorted.Length;
        if (undefined > MostUndefined * replicates.Length)
        {
            return Interval.None(string.Create(CultureInfo.InvariantCulture,
                $"no interval: the figure is undefined in {undefined} of {replicates.Length} bootstrap resamples"));
        }
        Array.Sort(sorted);
        if (sorted[0] == sorted[^1])
        {
            return null;
        }

        double tail = (1 - options.Confidence) / 2;
        string what = patients ? "patient bootstrap" : "bootstrap";
        string skipped = undefined == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {undefined} of them undefined and left out");
        return new Interval(Quantile(sorted, tail), Quantile(sorted, 1 - tail), string.Create(CultureInfo.InvariantCulture,
            $"{options.Percent} percentile interval, {what}, {replicates.Length} resamples{skipped}"));
    }

    /// <summary>The quantile with linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996).</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double p)
    {
        double position = p * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
