using System.Globalization;
using System.Text.RegularExpressions;

namespace MedTune.Cli.Options;

/// <summary>Amounts of memory as a person types them.</summary>
internal static partial class SizeText
{
    /// <summary>Reads <c>512m</c>, <c>4g</c>, <c>1.5g</c>, <c>800k</c> (powers of 1024, either case, a <c>b</c> may follow); null when it is none, or less than a byte.</summary>
    public static long? Parse(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        int power = "kmgt".IndexOf(char.ToLowerInvariant(match.Groups["unit"].Value[0]), StringComparison.Ordinal) + 1;
        decimal bytes = decimal.Parse(match.Groups["amount"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * (1L << (10 * power));
        return bytes >= 1 ? (long)bytes : null;
    }

    [GeneratedRegex(@"^(?<amount>[0-9]{1,6}(?:\.[0-9]{1,3})?)(?<unit>[kmgtKMGT])[bB]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
