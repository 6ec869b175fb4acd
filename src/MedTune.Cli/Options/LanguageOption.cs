using System.CommandLine;
using MedTune.Reports;

namespace MedTune.Cli.Options;

/// <summary>The language of the report; it changes no other file.</summary>
internal static class LanguageOption
{
    private const string Name = "--language";

    public static Option<string?> Create(string description = "Language of the report: en, or zh for simplified Chinese. Changes no other file. Default: en.") =>
        TypedOption.Text(Name, "LANG", description);

    /// <summary>The language typed; English where none was.</summary>
    /// <exception cref="ArgumentsException">There is no report in it.</exception>
    public static ReportLanguage Read(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null or "en" => ReportLanguage.English,
        "zh" => ReportLanguage.Chinese,
        var other => throw new ArgumentsException($"{Name} '{other}' is not known; reports are written in en (English) and zh (Chinese)."),
    };
}
