using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MedTune.Data.Genes;
using MedTune.Data.Images;

namespace MedTune.Cli.Options;

/// <summary>Options whose text is checked when it is parsed, with a sentence that shows how to write it.</summary>
internal static class TypedOption
{
    /// <summary>An option that may be given once.</summary>
    public static Option<string?> Text(string name, string valueName, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = valueName, Description = description };

    /// <summary>An option that may be given again and again, one value each time.</summary>
    public static Option<string[]> Texts(string name, string valueName, string description) =>
        new(name) { HelpName = valueName, Description = description, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    /// <summary>A whole number of at least <paramref name="minimum"/>.</summary>
    public static Option<int?> WholeNumber(string name, string valueName, string description, int minimum) => new(name)
    {
        HelpName = valueName,
        Description = description,
        CustomParser = result => Parse(
            result,
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= minimum ? value : (int?)null,
            $"{name} needs a whole number of at least {minimum}"),
    };

    /// <summary>A seed.</summary>
    public static Option<ulong?> Seed(string name, string description) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result => Parse(
            result,
            text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : (ulong?)null,
            $"{name} needs a whole number from 0"),
    };

    /// <summary>A length of time such as <c>90s</c>, <c>10m</c> or <c>1h30m</c>.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = result => Parse(result, DurationText.Parse, $"{name} needs a time such as 90s, 10m or 1h30m"),
    };

    /// <summary>An amount of memory such as <c>512m</c> or <c>4g</c>, in bytes.</summary>
    public static Option<long?> Size(string name, string description) => new(name)
    {
        HelpName = "SIZE",
        Description = description,
        CustomParser = result => Parse(result, SizeText.Parse, $"{name} needs an amount of memory such as 512m or 4g"),
    };

    /// <summary>A plane that volumes can be cut along.</summary>
    public static Option<AnatomicalPlane?> Plane(string name, string description) => new(name)
    {
        HelpName = "PLANE",
        Description = description,
        CustomParser = result => Parse(result, PlaneName.Parse, $"{name} needs axial, coronal or sagittal"),
    };

    /// <summary>How a matrix lies.</summary>
    public static Option<MatrixOrientation?> SamplesIn(string name, string description) => new(name)
    {
        HelpName = "rows|columns",
        Description = description,
        CustomParser = result => Parse(
            result,
            text => text switch { "rows" => MatrixOrientation.SamplesInRows, "columns" => MatrixOrientation.SamplesInColumns, _ => (MatrixOrientation?)null },
            $"{name} needs rows or columns"),
    };

    private static T? Parse<T>(ArgumentResult result, Func<string, T?> parse, string expected)
        where T : struct
    {
        string text = result.Tokens[0].Value;
        T? value = parse(text);
        if (value is null)
        {
            result.AddError($"{expected}, not '{text}'.");
        }

        return value;
    }
}
