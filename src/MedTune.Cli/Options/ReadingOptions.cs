using System.CommandLine;
using MedTune.Data;

namespace MedTune.Cli.Options;

/// <summary>How a table is written, where a person states it instead of leaving it to recognition.</summary>
internal sealed class ReadingOptions
{
    private const string EncodingName = "--encoding";
    private const string SeparatorName = "--separator";
    private const string DecimalName = "--decimal";

    private static readonly (string Word, char Sign)[] Separators = [("comma", ','), ("semicolon", ';'), ("tab", '\t'), ("bar", '|')];
    private static readonly (string Word, char Sign)[] DecimalMarks = [("point", '.'), ("comma", ',')];

    private readonly Option<string?> _separator = TypedOption.Text(SeparatorName, "SIGN",
        "What stands between the fields: comma, semicolon, tab or bar, such as --separator semicolon. Default: recognized.");

    private readonly Option<string?> _decimal = TypedOption.Text(DecimalName, "MARK",
        "What stands before the decimals: point or comma, such as --decimal comma for 37,5. Default: recognized.");

    private readonly Option<string?> _encoding = TypedOption.Text(EncodingName, "NAME",
        "UTF-8, UTF-16LE, UTF-16BE, GB18030 (GBK), Latin-1 or Windows-1252, such as --encoding gbk. Default: recognized.");

    public void AddTo(Command command)
    {
        command.Options.Add(_separator);
        command.Options.Add(_decimal);
        command.Options.Add(_encoding);
    }

    /// <exception cref="ArgumentsException">A word is none of those that are known.</exception>
    public TableReadOptions Read(ParseResult parsed)
    {
        var options = new TableReadOptions
        {
            Separator = Sign(parsed.GetValue(_separator), Separators, SeparatorName, "comma, semicolon, tab or bar"),
            DecimalMark = Sign(parsed.GetValue(_decimal), DecimalMarks, DecimalName, "point or comma"),
            Encoding = parsed.GetValue(_encoding),
        };
        try
        {
            options.Check();
        }
        catch (DataException exception)
        {
            throw new ArgumentsException($"{EncodingName}: {exception.Message}");
        }

        return options;
    }

    /// <summary>The options that were stated, each with its value as it would be typed.</summary>
    public static IEnumerable<(string Name, string Value)> Typed(TableReadOptions options)
    {
        if (options.Separator is { } separator)
        {
            yield return (SeparatorName, Array.Find(Separators, entry => entry.Sign == separator).Word);
        }

        if (options.DecimalMark is { } mark)
        {
            yield return (DecimalName, Array.Find(DecimalMarks, entry => entry.Sign == mark).Word);
        }

        if (options.Encoding is { } encoding)
        {
            yield return (EncodingName, encoding);
        }
    }

    private static char? Sign(string? typed, (string Word, char Sign)[] known, string option, string expected)
    {
        if (typed is null)
        {
            return null;
        }

        (string Word, char Sign) found = Array.Find(known, entry => entry.Word.Equals(typed.Trim(), StringComparison.OrdinalIgnoreCase) || typed == entry.Sign.ToString());
        return found.Word is null ? throw new ArgumentsException($"{option} needs {expected}, not '{typed}'.") : found.Sign;
    }
}
