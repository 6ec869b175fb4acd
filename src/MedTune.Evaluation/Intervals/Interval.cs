using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>Two ends and the phrase that says how they were found; NaN ends when there is no interval.</summary>
internal readonly record struct Interval(double Low, double High, string Method)
{
    /// <summary>Ends this close to the figure are on it: they differ by rounding.</summary>
    private const double Rounding = 1e-12;

    /// <summary>No interval, and why.</summary>
    public static Interval None(string reason) => new(double.NaN, double.NaN, reason);

    /// <summary>The interval cut at what the figure can be.</summary>
    public Interval Within(double minimum, double maximum) => this with { Low = Math.Max(Low, minimum), High = Math.Min(High, maximum) };

    /// <summary>The figure with this interval. An interval that misses its own figure (a percentile bootstrap can) is widened to it, and says so.</summary>
    public Estimate Around(double value)
    {
        if (double.IsNaN(Low) || double.IsNaN(High))
        {
            return Estimate.WithoutInterval(value, Method);
        }
        bool misses = value < Low - Rounding || value > High + Rounding;
        string method = misses ? string.Create(CultureInfo.InvariantCulture, $"{Method}; widened to hold the estimate") : Method;
        return new Estimate(value, Math.Min(Low, value), Math.Max(High, value), method);
    }
}
