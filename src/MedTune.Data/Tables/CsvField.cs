using System.Buffers;

namespace MedTune.Data;

/// <summary>One field of a CSV file as MedTune writes it: quoted as RFC 4180 says, and never a formula.</summary>
/// <remarks>A spreadsheet carries out a text that begins with <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, a tab or a line break (also full-width, on East
/// Asian systems). Such a text gets an apostrophe in front, which spreadsheets take as "text follows"; numbers and a sign alone are left as they are.</remarks>
public static class CsvField
{
    private const string Starts = "=+-@\t\r\n＝＋－＠";

    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789.,");

    /// <summary>The field of a text that came from the data or from a person.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string plain = IsFormula(text) ? "'" + text : text;
        return plain.AsSpan().IndexOfAny(NeedsQuotes) < 0 && !plain.StartsWith(' ') && !plain.EndsWith(' ')
            ? plain
            : $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsFormula(string text)
    {
        if (text.Length < 2 || !Starts.Contains(text[0], StringComparison.Ordinal))
        {
            return false;
        }

        return text[0] is not ('+' or '-') || text.AsSpan(1).IndexOfAnyExcept(OfNumbers) >= 0;
    }
}
