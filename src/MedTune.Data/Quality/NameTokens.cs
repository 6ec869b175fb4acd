using System.Text;

namespace MedTune.Data;

/// <summary>The words of a column's name: "timeToDeath", "time_to_death" and "time to death" are three words each.</summary>
internal sealed class NameTokens
{
    private readonly HashSet<string> _set;

    public NameTokens(string name)
    {
        Name = name;
        Words = Split(name);
        Joined = string.Concat(Words);
        _set = new HashSet<string>(Words, StringComparer.Ordinal);
    }

    /// <summary>The name as it stands in the file.</summary>
    public string Name { get; }

    /// <summary>The words in lower case, in order; digits and signs only separate.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>All words put together.</summary>
    public string Joined { get; }

    /// <summary>Whether one of these is a word of the name.</summary>
    public bool HasAny(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (_set.Contains(word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all of these are words of the name.</summary>
    public bool HasAll(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (!_set.Contains(word))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether one of these stands somewhere in the name, as Chinese words do, which have no spaces around them.</summary>
    public bool Holds(params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
        {
            if (Name.Contains(text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> Split(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool starts = char.IsUpper(name[i]) && i > 0 && char.IsLower(name[i - 1]);
            if ((!char.IsLetter(name[i]) || starts) && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (char.IsLetter(name[i]))
            {
                word.Append(char.ToLowerInvariant(name[i]));
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
