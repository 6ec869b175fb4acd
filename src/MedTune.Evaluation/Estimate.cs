using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>A figure with its interval and how both were found: no number without its interval.</summary>
/// <param name="Value">The figure; NaN when the data do not define it (<see cref="Method"/> says why).</param>
/// <param name="Low">Lower end of the interval; NaN when there is no interval.</param>
/// <param name="High">Upper end of the interval; NaN when there is no interval.</param>
/// <param name="Method">How the interval was found, or why there is none: a phrase a reader of the report understands.</param>
public readonly record struct Estimate(double Value, double Low, double High, string Method)
{
    /// <summary>Whether the data define the figure.</summary>
    public bool IsDefined => !double.IsNaN(Value);

    /// <summary>Whether the figure comes with an interval.</summary>
    public bool HasInterval => !double.IsNaN(Low) && !double.IsNaN(High);

    /// <summary>A figure the data do not define: all three numbers are NaN.</summary>
    /// <param name="reason">Why, as a phrase.</param>
    public static Estimate Undefined(string reason) => new(double.NaN, double.NaN, double.NaN, reason);

    /// <summary>A figure that has no interval.</summary>
    /// <param name="value">The figure.</param>
    /// <param name="reason">Why there is no interval, as a phrase.</param>
    public static Estimate WithoutInterval(double value, string reason) => new(value, double.NaN, double.NaN, reason);

    /// <summary>The figure as text with three decimals: <c>0.873 (0.812 to 0.921)</c>, <c>0.873</c> without an interval, <c>n/a</c> when undefined.</summary>
    public override string ToString()
    {
        if (!IsDefined)
        {
            return "n/a";
        }
        return HasInterval
            ? string.Create(CultureInfo.InvariantCulture, $"{Value:0.000} ({Low:0.000} to {High:0.000})")
            : Value.ToString("0.000", CultureInfo.InvariantCulture);
    }
}
