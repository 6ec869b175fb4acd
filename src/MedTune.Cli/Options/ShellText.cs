namespace MedTune.Cli.Options;

/// <summary>Words as a shell takes them, for lines that a person can copy.</summary>
internal static class ShellText
{
    private const string Plain = "-_./=:,+@%";

    /// <summary>The word, in quotes where the shell would otherwise change it.</summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || Plain.Contains(letter, StringComparison.Ordinal)))
        {
            return word;
        }

        // Single quotes keep everything in Bash and PowerShell; inside double quotes a backslash, a dollar or a backtick would not survive.
        return !word.Contains('\'', StringComparison.Ordinal)
            ? $"'{word}'"
            : word.IndexOfAny(['"', '\\', '$', '`', '!']) < 0 ? $"\"{word}\"" : "'" + word.Replace("'", @"'\''", StringComparison.Ordinal) + "'";
    }
}
