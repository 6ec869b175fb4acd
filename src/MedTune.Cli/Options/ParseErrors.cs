using System.CommandLine;

namespace MedTune.Cli.Options;

/// <summary>What was wrong with the arguments, in one sentence, with the word that was probably meant.</summary>
internal static class ParseErrors
{
    public static string Describe(ParseResult parsed, RootCommand root)
    {
        Command command = parsed.CommandResult.Command;
        string help = command == root ? "medtune --help" : $"medtune {command.Name} --help";
        return $"{First(parsed, command)} ('{help}' shows what can be typed.)";
    }

    private static string First(ParseResult parsed, Command command)
    {
        if (parsed.UnmatchedTokens.Count == 0)
        {
            Argument? missing = command.Arguments.FirstOrDefault(argument =>
                argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 });
            return missing is null ? Sentence(parsed.Errors[0].Message) : $"'medtune {command.Name}' needs {missing.Name}. {missing.Description}";
        }

        string token = parsed.UnmatchedTokens[0];
        return token.StartsWith('-')
            ? UnknownOption(token, command.Options.Concat(parsed.RootCommandResult.Command.Options))
            : Unknown(command.Subcommands.Count > 0 ? "There is no verb" : "There is one argument too many:", token, command.Subcommands.Select(subcommand => subcommand.Name));
    }

    /// <summary>That there is no such option, and which was probably meant.</summary>
    public static string UnknownOption(string token, IEnumerable<Option> options) => Unknown("There is no option", token, options.SelectMany(option => option.Aliases.Append(option.Name)));

    private static string Unknown(string what, string token, IEnumerable<string> known) =>
        Nearest(token.Split('=')[0], known) is { } meant ? $"{what} '{token}'; did you mean '{meant}'?" : $"{what} '{token}'.";

    private static string Sentence(string message)
    {
        string text = message.Trim();
        return text.EndsWith('.') || text.EndsWith('?') ? text : text + ".";
    }

    private static string? Nearest(string typed, IEnumerable<string> known)
    {
        var candidates = known.Select(name => (Name: name, Distance: Distance(typed, name))).OrderBy(pair => pair.Distance).Take(1).ToArray();
        return candidates.Length == 1 && candidates[0].Distance <= Math.Max(2, typed.Length / 3) && candidates[0].Distance < typed.Length ? candidates[0].Name : null;
    }

    /// <summary>The number of letters to insert, remove or replace to come from one word to the other.</summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int above = row[j];
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[^1];
    }
}
