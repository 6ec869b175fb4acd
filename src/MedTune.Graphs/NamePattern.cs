namespace MedTune.Graphs;

/// <summary>A pattern for names of weights: <c>*</c> stands for any characters, also none, <c>?</c> for one, everything else for itself.</summary>
public static class NamePattern
{
    /// <summary>Whether the whole name fits. Upper and lower case differ.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="name">The name.</param>
    public static bool Matches(string pattern, string name)
    {
        // The last star can always take one character more; earlier ones never need to be tried again.
        int p = 0, n = 0, star = -1, taken = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, taken) = (p++, n);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                (p, n) = (star + 1, ++taken);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    /// <summary>Whether the pattern names exactly one value.</summary>
    public static bool IsExact(string pattern) => pattern.AsSpan().IndexOfAny('*', '?') < 0;
}
