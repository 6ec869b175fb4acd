using System.Globalization;
using System.Text.RegularExpressions;

namespace MedTune.Cli.Options;

/// <summary>Lengths of time as a person types and reads them.</summary>
internal static partial class DurationText
{
    private const int LongestHours = 24 * 365;

    /// <summary>Reads <c>90s</c>, <c>10m</c>, <c>2h</c>, <c>1h30m</c>; null when it is none or is zero.</summary>
    public static TimeSpan? Parse(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success || text.Length == 0)
        {
            return null;
        }

        double seconds = (3600 * Part(match, "h")) + (60 * Part(match, "m")) + Part(match, "s");
        return seconds is > 0 and <= LongestHours * 3600d ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>Writes a time in at most two units: <c>8 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Write(TimeSpan time)
    {
        long seconds = (long)Math.Round(time.TotalSeconds);
        return seconds switch
        {
            < 60 => $"{seconds} s",
            < 3600 => $"{seconds / 60} min {seconds % 60} s",
            _ => $"{seconds / 3600} h {seconds % 3600 / 60} min",
        };
    }

    private static double Part(Match match, string unit) =>
        match.Groups[unit] is { Success: true } group ? double.Parse(group.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?:(?<h>\d{1,6}(?:\.\d{1,3})?)h)?(?:(?<m>\d{1,6}(?:\.\d{1,3})?)m)?(?:(?<s>\d{1,8}(?:\.\d{1,3})?)s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
