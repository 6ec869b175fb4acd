using System.Globalization;

namespace MedTune.Reports.Wording;

/// <summary>How numbers are written, always in the invariant culture.</summary>
internal static class NumberText
{
    /// <summary>What stands where a number is not known.</summary>
    public const string Unknown = "\u2013";

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    /// <summary>A position in a drawing: two decimals, no trailing zeros, never "-0".</summary>
    public static string Coordinate(double value)
    {
        double rounded = double.IsFinite(value) ? Math.Round(value, 2) : 0;
        return (rounded == 0 ? 0 : rounded).ToString("0.##", Invariant);
    }

    /// <summary>A count with thousands separated by commas.</summary>
    public static string Count(long value) => value.ToString("#,0", Invariant);

    /// <summary>A number as short as it is exact, for ticks: "0.25", "-2", "1,000".</summary>
    public static string Number(double value) =>
        double.IsNaN(value) ? Unknown : (value == 0 ? 0 : value).ToString(Math.Abs(value) is >= 1e7 or (> 0 and < 1e-6) ? "0.##e0" : "#,0.######", Invariant);

    /// <summary>A number with a fixed number of decimals; more only where those would show nothing but zeros.</summary>
    public static string Decimal(double value, int decimals = 3)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? Unknown : value > 0 ? "infinite" : "-infinite";
        }

        double size = Math.Abs(value);
        if (size >= 1e7 || (size > 0 && size < 0.5e-6))
        {
            return value.ToString("0.##e0", Invariant);
        }

        int digits = decimals;
        while (digits < 6 && size > 0 && Math.Round(value, digits) == 0)
        {
            digits++;
        }

        double rounded = Math.Round(value, digits);
        return (rounded == 0 ? 0 : rounded).ToString(digits == 0 ? "#,0" : "#,0." + new string('0', digits), Invariant);
    }

    /// <summary>
    /// A share as a percentage. Shares below 10% and above 99% keep one decimal, and as many as they need not to turn into 0% or 100%.
    /// </summary>
    public static string Percent(double share, int decimals = 0)
    {
        if (!double.IsFinite(share))
        {
            return Unknown;
        }

        double percent = share * 100;
        int digits = decimals == 0 && percent is (> 0 and < 9.95) or (> 99 and < 100) ? 1 : decimals;
        while (digits < 4 && percent > 0 && percent < 100 && Math.Round(percent, digits) is 0 or 100)
        {
            digits++;
        }

        string format = decimals > 0 && share is not (0 or 1) ? "0." + new string('0', digits) : "0." + new string('#', digits);
        double rounded = Math.Round(percent, digits);
        return (rounded == 0 ? 0 : rounded).ToString(format, Invariant) + "%";
    }

    /// <summary>A share as a percentage without rounding, for ticks: "5%", "2.5%".</summary>
    public static string PercentTick(double share) => Number(Math.Round(share * 100, 6)) + "%";

    /// <summary>A decision threshold or another probability: two decimals, more when it is small.</summary>
    public static string Probability(double value) => value is > 0 and < 0.1 or > 0.99 and < 1 ? Decimal(value, 3) : Decimal(value, 2);

    /// <summary>A value in a metric's own style.</summary>
    public static string Styled(double value, NumberStyle style, int percentDecimals = 0) => style switch
    {
        NumberStyle.Percent => Percent(value, percentDecimals),
        NumberStyle.Coarse => Decimal(value, 2),
        _ => Decimal(value),
    };
}
