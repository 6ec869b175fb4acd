using System.Text.RegularExpressions;

namespace MedTune.Reports.Wording;

/// <summary>The names of groups that the program made itself: bands of age. All others are levels of the data and stay as they are.</summary>
internal static partial class GroupWords
{
    /// <summary>"under 40", "40 to 49", "80 and over"; any other name as it is.</summary>
    public static string Of(string name, ReportWords words)
    {
        Match band = Band().Match(name);
        return !band.Success ? name
            : band.Groups["under"].Success ? words.Of(name, $"{band.Groups["under"].Value} 以下")
            : band.Groups["over"].Success ? words.Of(name, $"{band.Groups["over"].Value} 及以上")
            : words.Of(name, $"{band.Groups["low"].Value}～{band.Groups["high"].Value}");
    }

    [GeneratedRegex("^(under (?<under>[0-9]+)|(?<over>[0-9]+) and over|(?<low>[0-9]+) to (?<high>[0-9]+))$", RegexOptions.CultureInvariant)]
    private static partial Regex Band();
}
