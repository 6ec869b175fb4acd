using System.Globalization;

namespace MedTune.Cli.Output;

/// <summary>Numbers as people read them on the screen, in the invariant culture.</summary>
internal static class FigureText
{
    /// <summary>What stands where there is nothing to show.</summary>
    public const string None = "-";

    /// <summary>A count with a comma between thousands.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>"1 row", "2,000 rows".</summary>
    public static string Count(long value, string one, string? many = null) => $"{Count(value)} {(value == 1 ? one : many ?? one + "s")}";

    /// <summary>A share as a percentage with one decimal where it matters.</summary>
    public static string Percent(long part, long whole) => whole == 0 ? None : Percent((double)part / whole);

    /// <inheritdoc cref="Percent(long, long)"/>
    public static string Percent(double share) => share switch
    {
        > 0 and < 0.001 => "<0.1 %",
        > 0.999 and < 1 => ">99.9 %",
        < 0.1 or > 0.99 => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %",
        _ => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %",
    };

    /// <summary>A measured value: four significant digits, from a thousand up a whole number.</summary>
    public static string Value(double value)
    {
        if (!double.IsFinite(value))
        {
            return None;
        }

        double size = Math.Abs(value);
        return value.ToString(size is >= 1000 and < 1e9 ? "#,0" : size == Math.Floor(size) && size < 1000 ? "0" : "G4", CultureInfo.InvariantCulture);
    }

    /// <summary>A figure with three decimals.</summary>
    public static string Figure(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : None;

    /// <summary>A contribution with its sign and two decimals.</summary>
    public static string Signed(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
