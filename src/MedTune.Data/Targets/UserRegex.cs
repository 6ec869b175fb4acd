using System.Text.RegularExpressions;

namespace MedTune.Data;

/// <summary>Regular expressions that a person writes on a command line: bounded in time, the same everywhere.</summary>
internal static class UserRegex
{
    /// <summary>Compiles a pattern without culture and with a time limit.</summary>
    /// <exception cref="DataException">The pattern cannot be read.</exception>
    public static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));
        }
        catch (ArgumentException e)
        {
            throw new DataException($"'{pattern}' is no regular expression that can be read: check its brackets and signs.", e);
        }
    }

    /// <summary>Matches one text.</summary>
    /// <exception cref="DataException">Matching takes too long.</exception>
    public static Match Match(Regex regex, string text)
    {
        try
        {
            return regex.Match(text);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new DataException($"The regular expression '{regex}' takes too long on this data: write a simpler one.", e);
        }
    }
}
