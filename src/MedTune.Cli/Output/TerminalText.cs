using System.Globalization;
using System.Text;

namespace MedTune.Cli.Output;

/// <summary>Texts from data, made harmless for a terminal: no control codes, nothing that turns a line around.</summary>
internal static class TerminalText
{
    private const char Substitute = '\uFFFD';

    /// <summary>The text with a space for each line break or tab and U+FFFD for every other letter that a terminal would act on.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || !text.Any(IsActedOn))
        {
            return text;
        }

        return string.Create(text.Length, text, static (letters, source) =>
        {
            for (int i = 0; i < letters.Length; i++)
            {
                letters[i] = !IsActedOn(source[i]) ? source[i] : source[i] is '\n' or '\r' or '\t' ? ' ' : Substitute;
            }
        });
    }

    /// <summary>JSON, whose letters that a terminal would act on stand inside texts only, with those letters as <c>\u</c> escapes.</summary>
    public static string Escaped(string json)
    {
        if (!json.Any(letter => letter > '~' && IsActedOn(letter)))
        {
            return json;
        }

        var escaped = new StringBuilder(json.Length + 64);
        foreach (char letter in json)
        {
            _ = letter > '~' && IsActedOn(letter) ? escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}") : escaped.Append(letter);
        }

        return escaped.ToString();
    }

    /// <summary>Control codes of both sets, separators of lines, and the marks that change the direction of writing.</summary>
    private static bool IsActedOn(char letter) =>
        char.IsControl(letter) || letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
