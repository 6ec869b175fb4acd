using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>A table made ready: the rows with a known target, the features as numbers and levels, the classes, and who belongs together.</summary>
/// <remarks>Nothing is scaled, imputed or otherwise learned here: that happens inside the training folds.</remarks>
public sealed class Dataset
{
    private readonly Lazy<ImmutableArray<string>> _rowDigests;

    internal Dataset(DatasetParts parts)
    {
        Table = parts.Table;
        Options = parts.Options;
        Missing = parts.Missing;
        Rule = parts.Rule;
        RowNumbers = parts.RowNumbers;
        Target = parts.Target;
        ClassNames = parts.ClassNames;
        Features = parts.Features;
        Profiles = parts.Profiles;
        Patients = parts.Patients;
        Sites = parts.Sites;
        SiteNames = parts.SiteNames;
        DuplicateGroups = parts.DuplicateGroups;
        Groups = RowGroups.Union(parts.DuplicateGroups, parts.Patients);
        _rowDigests = parts.RowDigests;
        Digest = parts.Digest;
        Findings = parts.Findings;
        Leaks = parts.Leaks;
        LeftOut = parts.LeftOut;
    }

    /// <summary>The table it was made from.</summary>
    public Table Table { get; }

    /// <summary>What was said about the table.</summary>
    public DatasetOptions Options { get; }

    /// <summary>The texts that count as missing.</summary>
    public MissingMarkers Missing { get; }

    /// <summary>The target rule; null when there is no target.</summary>
    public TargetRule? Rule { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount => RowNumbers.Length;

    /// <summary>For each row its 0-based data row in the file. Not to be changed.</summary>
    public int[] RowNumbers { get; }

    /// <summary>For each row its class, the position in <see cref="ClassNames"/>; -1 when there is no target. Not to be changed.</summary>
    public int[] Target { get; }

    /// <summary>The classes; of two, the positive one is last.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>The model's inputs in the order of the file.</summary>
    public ImmutableArray<FeatureColumn> Features { get; }

    /// <summary>All columns of the file in order, with what they are used for.</summary>
    public ImmutableArray<ColumnProfile> Profiles { get; }

    /// <summary>For each row the number of its patient, from 0 by first appearance; null when no column says. Not to be changed.</summary>
    public int[]? Patients { get; }

    /// <summary>For each row the position of its site in <see cref="SiteNames"/>, -1 where not known; null when no column says. Not to be changed.</summary>
    public int[]? Sites { get; }

    /// <summary>The sites in ordinal order.</summary>
    public ImmutableArray<string> SiteNames { get; }

    /// <summary>For each row the number of its group of rows equal in all features and the target. Not to be changed.</summary>
    public int[] DuplicateGroups { get; }

    /// <summary>For each row the number of its group of rows that must stay on one side of every split: one patient, or equal rows. Not to be changed.</summary>
    public int[] Groups { get; }

    /// <summary>For each row the SHA-256 (hexadecimal) of its features and class, however the file was written.</summary>
    public ImmutableArray<string> RowDigests => _rowDigests.Value;

    /// <summary>The SHA-256 (hexadecimal) of everything a model can see: target, features, rows in order, patients, sites.</summary>
    public string Digest { get; }

    /// <summary>What was found and done, from the file to the rows.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Signs that the data give the target away; those that are not answered stand in <see cref="Findings"/> too.</summary>
    public ImmutableArray<LeakSuspect> Leaks { get; }

    /// <summary>Rows of the file that are not used, and why.</summary>
    public ImmutableArray<LeftOutRows> LeftOut { get; }

    /// <summary>Number of patients, or null when no column says who they are.</summary>
    public int? PatientCount => Patients is null ? null : Patients.Length == 0 ? 0 : Patients.Max() + 1;

    /// <summary>Reads a CSV or TSV file, plain or gzipped, and makes it ready.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">The column to predict, or a rule such as <c>num>0</c>.</param>
    /// <param name="patientId">The column that says which rows belong to one patient. Default: null, every row its own patient.</param>
    /// <param name="options">Everything else that can be said. Default: null.</param>
    /// <exception cref="DataException">The file, a column or the target is refused.</exception>
    public static Dataset FromCsv(string path, string target, string? patientId = null, DatasetOptions? options = null)
    {
        options ??= new DatasetOptions();
        options = options with { Target = target, Patient = patientId ?? options.Patient };
        return From(TableReader.Read(path, options.Read), options);
    }

    /// <summary>Makes a table ready.</summary>
    /// <param name="table">The table.</param>
    /// <param name="options">What is said about it.</param>
    /// <exception cref="DataException">A column or the target is refused.</exception>
    public static Dataset From(Table table, DatasetOptions options)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        return new DatasetBuilder(table, options).Build();
    }

    /// <summary>The feature of exactly this name.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public FeatureColumn Feature(string name) => Features.FirstOrDefault(feature => feature.Name == name)
        ?? throw new DataException(Table.Find(name) is null
            ? NameSuggestions.UnknownColumn(name, Table.ColumnNames)
            : $"The column '{name}' is no feature here.");

    /// <summary>What is in the dataset, for people to look at.</summary>
    public DatasetSummary Summarize()
    {
        var counts = new int[ClassNames.Length];
        foreach (int target in Target)
        {
            if (target >= 0)
            {
                counts[target]++;
            }
        }

        double cells = (double)RowCount * Features.Length;
        return new DatasetSummary
        {
            Format = Table.Format.ToString(),
            FileRows = Table.RowCount,
            FileColumns = Table.Columns.Length,
            Rows = RowCount,
            LeftOut = LeftOut,
            Target = Rule?.Text ?? "",
            Classes = [.. ClassNames.Select((name, i) => new ClassCount(name, counts[i]))],
            Features = Features.Length,
            Patients = PatientCount,
            Sites = Sites is null ? null : SiteNames.Length,
            DuplicateRows = RowCount == 0 ? 0 : RowCount - (DuplicateGroups.Max() + 1),
            MissingShare = cells == 0 ? 0 : Features.Sum(feature => (double)feature.Profile.Missing) / cells,
            Columns = Profiles,
            Findings = [.. Findings.OrderByDescending(finding => finding.Severity)],
            Leaks = Leaks,
            Digest = Digest,
        };
    }
}
