using System.Collections.Immutable;
using System.CommandLine;
using MedTune.Data;
using MedTune.Data.Images;

namespace MedTune.Cli.Options;

/// <summary>What a person says about a table: what to predict, which columns are what, what means missing.</summary>
internal sealed class DataOptions
{
    private readonly Option<string?> _target;

    private readonly Option<string?> _positive = TypedOption.Text("--positive", "V",
        "The value of the target that counts as positive; of several values, this one against all others.");

    private readonly Option<string[]> _drop = TypedOption.Texts("--drop", "COL", "Leave a column out. Repeat for more.");

    private readonly Option<string[]> _categorical = TypedOption.Texts("--categorical", "COL",
        "A column whose numbers are codes of categories. Repeat for more.");

    private readonly Option<string[]> _missing = TypedOption.Texts("--missing", "M",
        "A text that means missing, beside empty cells and the usual markers. Repeat for more.");

    private readonly Option<string?> _patient = TypedOption.Text("--patient", "COL[:REGEX]",
        "The column that says which rows belong to one patient: they stay on one side of every split. REGEX: its first group is the patient.");

    private readonly Option<AnatomicalPlane?> _plane = TypedOption.Plane("--plane", "Pictures: how volumes (NIfTI) are cut into slices: axial, coronal or sagittal. Default: axial.");

    private readonly ReadingOptions _reading = new();

    private readonly GeneOptions _genes = new();

    private readonly Option<string?> _site = TypedOption.Text("--site", "COL", "The column that says which hospital or device a row comes from.");

    /// <summary>The options of one verb.</summary>
    /// <param name="targetDefault">What happens without a target, as a sentence; empty where there is nothing to say.</param>
    public DataOptions(string targetDefault = "") => _target = TypedOption.Text("--target", "T",
        $"What to predict: a column; of DICOM files also an attribute of their headers, such as ViewPosition; or a rule such as 'num>0', \"stage in 'III','IV'\", \"diagnosis contains 'E11'\". {targetDefault}".TrimEnd());

    public void AddTo(Command command)
    {
        command.Options.Add(_target);
        command.Options.Add(_positive);
        command.Options.Add(_drop);
        command.Options.Add(_categorical);
        command.Options.Add(_missing);
        command.Options.Add(_patient);
        command.Options.Add(_site);
        command.Options.Add(_plane);
        _genes.AddTo(command, hasLabels: true);
        _reading.AddTo(command);
    }

    public DatasetOptions Read(ParseResult parsed) => new()
    {
        Target = parsed.GetValue(_target),
        Positive = parsed.GetValue(_positive),
        Drop = Values(parsed, _drop),
        Categorical = Values(parsed, _categorical),
        Missing = Values(parsed, _missing),
        Patient = parsed.GetValue(_patient),
        Site = parsed.GetValue(_site),
        Plane = parsed.GetValue(_plane) ?? AnatomicalPlane.Axial,
        Genes = _genes.Read(parsed),
        Read = _reading.Read(parsed),
        Today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime),
    };

    /// <summary>The same options as they would be typed, for a line that a person can copy.</summary>
    public static string ToCommandLine(DatasetOptions options)
    {
        var words = new List<string>();
        Add("--target", options.Target);
        Add("--positive", options.Positive);
        AddAll("--drop", options.Drop);
        AddAll("--categorical", options.Categorical);
        AddAll("--missing", options.Missing);
        Add("--patient", options.Patient);
        Add("--site", options.Site);
        foreach ((string name, string? value) in GeneOptions.Typed(options.Genes).Concat(ReadingOptions.Typed(options.Read).Select(typed => (typed.Name, (string?)typed.Value))))
        {
            Add(name, value);
        }

        return string.Join(' ', words);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                words.Add($"{name} {ShellText.Quote(value)}");
            }
        }

        void AddAll(string name, ImmutableArray<string> values)
        {
            foreach (string value in values)
            {
                Add(name, value);
            }
        }
    }

    private static ImmutableArray<string> Values(ParseResult parsed, Option<string[]> option) => [.. parsed.GetValue(option) ?? []];
}
