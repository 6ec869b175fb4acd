using System.Text;

namespace MedTune.Cli.Output;

/// <summary>Breaks prose into lines at spaces; a word longer than a line is broken only between wide letters, so paths stay whole.</summary>
internal static class WordWrap
{
    /// <param name="text">The prose.</param>
    /// <param name="width">Places per line.</param>
    public static IEnumerable<string> Lines(string text, int width)
    {
        var line = new StringBuilder();
        int used = 0;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, width)))
        {
            int length = DisplayWidth.Of(word);
            if (used > 0 && used + 1 + length > width)
            {
                yield return line.ToString();
                line.Clear();
                used = 0;
            }

            if (used > 0)
            {
                line.Append(' ');
                used++;
            }

            line.Append(word);
            used += length;
        }

        yield return line.ToString();
    }

    private static IEnumerable<string> Pieces(string word, int width)
    {
        if (DisplayWidth.Of(word) <= width)
        {
            yield return word;
            yield break;
        }

        var piece = new StringBuilder();
        int used = 0;
        foreach (Rune rune in word.EnumerateRunes())
        {
            int length = DisplayWidth.Of(rune);
            if (length == 2 && used + length > width)
            {
                yield return piece.ToString();
                piece.Clear();
                used = 0;
            }

            piece.Append(rune);
            used += length;
        }

        yield return piece.ToString();
    }
}
