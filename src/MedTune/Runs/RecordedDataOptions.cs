using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Data.Images;

namespace MedTune;

/// <summary>The options data were read with, in the form <c>run.json</c> keeps.</summary>
public sealed record RecordedDataOptions
{
    private const string DayForm = "yyyy-MM-dd";

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
        Separator = options.Read.Separator?.ToString() ?? "",
        DecimalMark = options.Read.DecimalMark?.ToString() ?? "",
        Encoding = options.Read.Encoding ?? "",
        Today = options.Today?.ToString(DayForm, CultureInfo.InvariantCulture) ?? "",
    };

    internal DatasetOptions ToOptions() => new()
    {
        Target = Target,
        Positive = NullIfEmpty(Positive),
        Drop = Drop,
        Categorical = Categorical,
        Missing = Missing,
        Patient = NullIfEmpty(Patient),
        Site = NullIfEmpty(Site),
        Plane = PlaneName.Parse(Plane) ?? AnatomicalPlane.Axial,
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
    internal bool HasHoles => new[] { Drop, Categorical, Missing }.Any(list => list.IsDefault || list.Any(text => text is null));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
