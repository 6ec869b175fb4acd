namespace MedTune.Data.Genes;

/// <summary>The form in which DNABERT keeps sequences: overlapping k-mers set apart by blanks, each one letter further than the one before.</summary>
internal static class KmerText
{
    /// <summary>Whether a text is written as at least two words of equal length.</summary>
    public static bool IsKmers(ReadOnlySpan<char> text)
    {
        int blank = text.IndexOf(' ');
        int next = blank < 0 ? -1 : text[(blank + 1)..].IndexOf(' ');
        return blank > 1 && (next == blank || (next < 0 && text.Length == (2 * blank) + 1));
    }

    /// <summary>The letters again.</summary>
    /// <param name="text">The words.</param>
    /// <param name="place">How messages name the place, such as a file and a row.</param>
    /// <exception cref="DataException">A word has another length, or does not continue the one before.</exception>
    public static string Join(string text, string place)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int k = words[0].Length;
        var letters = new char[k + words.Length - 1];
        words[0].CopyTo(letters);
        for (int i = 1; i < words.Length; i++)
        {
            if (words[i].Length != k)
            {
                throw new DataException($"{place}: the {i + 1}. of the k-mers has {words[i].Length} letters where the first has {k}: all must have the same length.");
            }

            if (!words[i].AsSpan(0, k - 1).SequenceEqual(words[i - 1].AsSpan(1)))
            {
                throw new DataException($"{place}: the {i + 1}. of the k-mers does not begin with the last {k - 1} letters of the one before, so they cannot be joined: write the sequence itself instead.");
            }

            letters[k + i - 1] = words[i][^1];
        }

        return new string(letters);
    }
}
