using System.Collections.Immutable;
using System.CommandLine;

namespace MedTune.Cli.Options;

/// <summary>One patient, written on the command line: <c>--set age=63 --set sex=M</c>.</summary>
internal sealed class OnePatient
{
    private readonly Option<string[]> _set = TypedOption.Texts("--set", "COL=VALUE", "One patient in place of a table: a column and its value. Repeat for more.");

    public void AddTo(Command command) => command.Options.Add(_set);

    /// <summary>The patient by column, or null when a table was given.</summary>
    /// <exception cref="ArgumentsException">Neither or both were given, or a value has no column.</exception>
    public ImmutableSortedDictionary<string, string>? Read(ParseResult parsed, string? data)
    {
        string[] settings = parsed.GetValue(_set) ?? [];
        if (data is not null)
        {
            return settings.Length == 0 ? null : throw new ArgumentsException("Give either a table or one patient with --set, not both.");
        }

        if (settings.Length == 0)
        {
            throw new ArgumentsException("Give a table, or one patient with --set COL=VALUE for each column that is known.");
        }

        var patient = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string setting in settings)
        {
            (string column, string value) = Split(setting);
            if (!patient.TryAdd(column, value))
            {
                throw new ArgumentsException($"--set gives '{column}' twice.");
            }
        }

        return patient.ToImmutable();
    }

    // A column's name may hold "=" only in a table: the first one ends the name here.
    private static (string Column, string Value) Split(string setting)
    {
        int place = setting.IndexOf('=', StringComparison.Ordinal);
        return place > 0
            ? (setting[..place].Trim(), setting[(place + 1)..].Trim())
            : throw new ArgumentsException($"--set needs COL=VALUE, such as --set age=63, not '{setting}'.");
    }
}
