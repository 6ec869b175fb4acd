using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Data.Images;

namespace MedTune;

/// <summary>The options data were read with, in the form <c>run.json</c> keeps.</summary>
public sealed record RecordedDataOptions
{
    private const string DayForm = "yyyy-MM-dd", Rows = "rows", Columns = "columns";

    /// <summary>The target column or rule.</summary>
    public required string Target { get; init; }

    /// <summary>The positive class; empty when it was left to MedTune.</summary>
    public string Positive { get; init; } = "";

    /// <summary>Columns left out.</summary>
    public ImmutableArray<string> Drop { get; init; } = [];

    /// <summary>Columns whose numbers are codes.</summary>
    public ImmutableArray<string> Categorical { get; init; } = [];

    /// <summary>Further texts that mean missing.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>The patient column, or <c>COL:REGEX</c>; empty when there is none.</summary>
    public string Patient { get; init; } = "";

    /// <summary>The site column; empty when there is none.</summary>
    public string Site { get; init; } = "";

    /// <summary>Whether exact duplicates were dropped.</summary>
    public bool DropDuplicates { get; init; }

    /// <summary>How volumes among pictures are cut into slices: <c>axial</c>, <c>coronal</c> or <c>sagittal</c>.</summary>
    public string Plane { get; init; } = "axial";

    /// <summary>Files of sequences of the other classes; empty for other data.</summary>
    public ImmutableArray<string> OtherFiles { get; init; } = [];

    /// <summary>The table of samples with their labels; empty for data that bring their own.</summary>
    public string Labels { get; init; } = "";

    /// <summary>The column of samples in that table; empty when it was left to MedTune.</summary>
    public string Sample { get; init; } = "";

    /// <summary>How a matrix of measurements lies: <c>rows</c>, <c>columns</c>, or empty when its samples told.</summary>
    public string SamplesIn { get; init; } = "";

    /// <summary>The reference genome of variants; empty for none.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Whether <c>chr1</c> was taken for <c>1</c>.</summary>
    public bool IgnoresChr { get; init; }

    /// <summary>What stands between the fields, where that was stated; else empty.</summary>
    public string Separator { get; init; } = "";

    /// <summary>What stands before the decimals, where that was stated; else empty.</summary>
    public string DecimalMark { get; init; } = "";

    /// <summary>The encoding of the file, where that was stated; else empty.</summary>
    public string Encoding { get; init; } = "";

    /// <summary>The day on which the data were read first, as <c>2026-11-21</c>; empty when it was not asked. It changes findings only.</summary>
    public string Today { get; init; } = "";

    internal static RecordedDataOptions Of(DatasetOptions options) => new()
    {
        Target = options.Target ?? "",
        Positive = options.Positive ?? "",
        Drop = options.Drop,
        Categorical = options.Categorical,
        Missing = options.Missing,
        Patient = options.Patient ?? "",
        Site = options.Site ?? "",
        Plane = PlaneName.Of(options.Plane),
        DropDuplicates = options.Duplicates == DuplicateAction.Drop,
        OtherFiles = [.. options.Genes.Others.Select(Path.GetFullPath)],
        Labels = options.Genes.Labels is { } labels ? Path.GetFullPath(labels) : "",
        Sample = options.Genes.Sample ?? "",
        SamplesIn = options.Genes.SamplesIn switch { MatrixOrientation.SamplesInRows => Rows, MatrixOrientation.SamplesInColumns => Columns, _ => "" },
        Reference = options.Genes.Reference is { } reference ? Path.GetFullPath(reference) : "",
        IgnoresChr = options.Genes.IgnoresChr,
        Separator = options.Read.Separator?.ToString() ?? "",
        DecimalMark = options.Read.DecimalMark?.ToString() ?? "",
        Encoding = options.Read.Encoding ?? "",
        Today = options.Today?.ToString(DayForm, CultureInfo.InvariantCulture) ?? "",
    };

    internal DatasetOptions ToOptions() => new()
    {
        Target = NullIfEmpty(Target),
        Positive = NullIfEmpty(Positive),
        Drop = Drop,
        Categorical = Categorical,
        Missing = Missing,
        Patient = NullIfEmpty(Patient),
        Site = NullIfEmpty(Site),
        Plane = PlaneName.Parse(Plane) ?? AnatomicalPlane.Axial,
        Genes = new GeneFiles
        {
            Others = OtherFiles,
            Labels = NullIfEmpty(Labels),
            Sample = NullIfEmpty(Sample),
            SamplesIn = SamplesIn switch { Rows => MatrixOrientation.SamplesInRows, Columns => MatrixOrientation.SamplesInColumns, _ => MatrixOrientation.ByLabels },
            Reference = NullIfEmpty(Reference),
            IgnoresChr = IgnoresChr,
        },
        Duplicates = DropDuplicates ? DuplicateAction.Drop : DuplicateAction.Keep,
        Read = new TableReadOptions
        {
            Separator = Separator.Length == 0 ? null : Separator[0],
            DecimalMark = DecimalMark.Length == 0 ? null : DecimalMark[0],
            Encoding = NullIfEmpty(Encoding),
        },
        Today = DateOnly.TryParseExact(Today, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
    };

    /// <summary>Whether a list lacks or holds null, as only a file edited by hand can.</summary>
    internal bool HasHoles => new[] { Drop, Categorical, Missing, OtherFiles }.Any(list => list.IsDefault || list.Any(text => text is null));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
