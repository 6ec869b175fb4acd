using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MedTune.Data.Genes;

/// <summary>Samples with gene data of one form, checked and ready for a model: labels, groups, floors and what was found.</summary>
public sealed record GeneSet
{
    private string? _digest;

    internal GeneSet()
    {
    }

    /// <summary>Expression, sequences or genotypes.</summary>
    public required GeneForm Form { get; init; }

    /// <summary>The first file.</summary>
    public required string Path { get; init; }

    /// <summary>How the file is written, in one line.</summary>
    public required string Format { get; init; }

    /// <summary>Names of the classes; the positive one last where there are two. Empty without labels.</summary>
    public ImmutableArray<string> Classes { get; internal init; } = [];

    /// <summary>For each sample the number of its class; empty without labels.</summary>
    public ImmutableArray<int> Labels { get; internal init; } = [];

    /// <summary>What the labels are called.</summary>
    public string Target { get; internal init; } = "label";

    /// <summary>For each sample its row in the table of labels, or its number among the sequences of all files, from 0.</summary>
    public required ImmutableArray<int> RowNumbers { get; init; }

    /// <summary>Samples in the files, used or not.</summary>
    public required int FileRows { get; init; }

    /// <summary>Names of the samples. They may identify persons: for the answers a user asked for, never for logs or reports.</summary>
    public ImmutableArray<string> Names { get; internal init; } = [];

    /// <summary>For each sample the number of its group: a patient, copies and near copies. Samples of one group belong on the same side of every split.</summary>
    public ImmutableArray<int> Groups { get; internal init; } = [];

    /// <summary>For each sample the number of its patient; null where no column says.</summary>
    public ImmutableArray<int>? Patients { get; internal init; }

    /// <summary>For each sample where it comes from; null where no column says.</summary>
    public ImmutableArray<string>? Sites { get; internal init; }

    /// <summary>Columns of the table of labels that say where, when or on what samples were measured.</summary>
    public ImmutableArray<GeneBatch> Batches { get; internal init; } = [];

    /// <summary>Groups of people that a model is judged for: sex, ethnicity, ancestry and where samples come from; empty where no column says.</summary>
    public ImmutableArray<Subgrouping> Subgroups { get; internal init; } = [];

    /// <summary>Names of the genes or variants (<c>chromosome:position:reference:alternate</c>); empty for sequences.</summary>
    public ImmutableArray<string> Features { get; internal init; } = [];

    /// <summary>Measurements or dosages [samples, features], missing as NaN; empty for sequences.</summary>
    public ReadOnlyMemory<float> Values { get; internal init; }

    /// <summary>The letters of each sample in upper case; empty for tables.</summary>
    public ImmutableArray<string> Sequences { get; internal init; } = [];

    /// <summary>The build that variants belong to.</summary>
    public GenomeBuild Build { get; internal init; }

    /// <summary>What can be reached without reading a sequence; null for tables and without labels.</summary>
    public SequenceFloors? Floors { get; internal init; }

    /// <summary>Samples that repeat another one.</summary>
    public int Repeated { get; internal init; }

    /// <summary>What was found, the gravest first.</summary>
    public ImmutableArray<Finding> Findings { get; internal init; } = [];

    /// <summary>SHA-256 of what a model can see: values or letters, labels and groups.</summary>
    public string Digest => _digest ??= DigestOf(Enumerable.Range(0, RowNumbers.Length), isSet: false);

    /// <summary>The form of data; <see cref="GeneForm.None"/> where they are no gene data.</summary>
    /// <param name="path">The first file.</param>
    /// <param name="options">What was named beside it.</param>
    public static GeneForm FormOf(string path, DatasetOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        return GeneDetection.FormOf(path, options.Genes);
    }

    /// <summary>Reads and looks at labelled gene data.</summary>
    /// <param name="path">A matrix, a VCF or BCF file, a table of sequences, or the first FASTA file.</param>
    /// <param name="options">Labels and the like; with class names the classes have their order.</param>
    /// <exception cref="DataException">Data are refused; the message says which and why.</exception>
    public static GeneSet Open(string path, DatasetOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        return GeneSetReader.Labelled(path, options);
    }

    /// <summary>Reads gene data to ask a model about; nothing is grouped or judged.</summary>
    /// <param name="path">As for <see cref="Open"/>, but one FASTA file is enough.</param>
    /// <param name="options">What was named beside it; labels are not read.</param>
    /// <param name="form">What the model reads.</param>
    /// <param name="features">Genes or variants of the model, by which a matrix is seen to lie in one way or the other.</param>
    /// <exception cref="DataException">Data are refused, or are of another form.</exception>
    public static GeneSet OpenUnlabelled(string path, DatasetOptions options, GeneForm form, ImmutableArray<string> features)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        return UnlabelledGenes.Read(path, options, form, features);
    }

    /// <summary>Reads a fold file: <c>row</c> as in <see cref="RowNumbers"/>, and <c>fold</c>. It is followed exactly.</summary>
    /// <param name="path">A CSV or TSV file.</param>
    /// <exception cref="DataException">A row is not there or listed twice, there are fewer than two folds, or a class is in one only.</exception>
    public FoldFile ReadFolds(string path)
    {
        string noun = Form == GeneForm.Sequence ? "sequences" : "samples";
        return FoldFile.Of(path, RowNumbers, FileRows, new FoldedRows((row, label) => Labels[row] == label, Classes, Patients?.ToArray(), Equal(), noun, "they are not in both files, or have no letters"));
    }

    /// <summary>The values of other data in the order of a model's features; NaN where one is missing.</summary>
    /// <param name="features">The model's.</param>
    /// <param name="missing">How many of them are not here.</param>
    public GeneSet Arranged(ImmutableArray<string> features, out int missing)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < Features.Length; i++)
        {
            places.TryAdd(Features[i], i);
        }

        int[] own = [.. features.Select(feature => places.GetValueOrDefault(feature, -1))];
        missing = own.Count(place => place < 0);
        float[] values = new float[(long)RowNumbers.Length * features.Length];
        for (int row = 0; row < RowNumbers.Length; row++)
        {
            var from = Values.Span.Slice(row * Features.Length, Features.Length);
            var to = values.AsSpan(row * features.Length, features.Length);
            for (int i = 0; i < own.Length; i++)
            {
                to[i] = own[i] < 0 ? float.NaN : from[own[i]];
            }
        }

        return this with { Features = features, Values = values, _digest = null };
    }

    /// <summary>Some of the samples, in the order given.</summary>
    /// <param name="rows">Which.</param>
    public GeneSet Take(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        float[] values = new float[(long)rows.Count * Features.Length];
        for (int i = 0; i < rows.Count; i++)
        {
            Values.Span.Slice(rows[i] * Features.Length, Features.Length).CopyTo(values.AsSpan(i * Features.Length));
        }

        return this with
        {
            Labels = Of(Labels),
            RowNumbers = Of(RowNumbers),
            Names = Of(Names),
            Groups = Of(Groups),
            Patients = Patients is { } patients ? Of(patients) : null,
            Sites = Sites is { } sites ? Of(sites) : null,
            Batches = [.. Batches.Select(batch => batch with { Values = Of(batch.Values) })],
            Subgroups = [.. Subgroups.Select(grouping => grouping with { GroupOfRow = [.. rows.Select(row => grouping.GroupOfRow[row])] })],
            Values = values,
            Sequences = Of(Sequences),
            _digest = null,
        };

        ImmutableArray<T> Of<T>(ImmutableArray<T> all) => all.IsEmpty ? all : [.. rows.Select(row => all[row])];
    }

    /// <summary>The same samples with more that was found, the gravest first.</summary>
    /// <param name="findings">What was found.</param>
    public GeneSet With(IEnumerable<Finding> findings) => this with { Findings = [.. Findings.Concat(findings).OrderByDescending(finding => finding.Severity)] };

    /// <summary>The same samples with the classes in another order.</summary>
    internal GeneSet Relabelled(ImmutableArray<string> classes, ImmutableArray<int> labels) => this with { Classes = classes, Labels = labels, _digest = null };

    /// <summary>Digest of some samples, whatever their order.</summary>
    /// <param name="rows">Which.</param>
    public string DigestOfRows(IEnumerable<int> rows) => DigestOf(rows, isSet: true);

    /// <summary>What a model reads of a sample, as a text that is the same for the same input.</summary>
    /// <param name="row">Which.</param>
    public string InputDigest(int row) => Convert.ToHexStringLower(SHA256.HashData(
        Form == GeneForm.Sequence ? Encoding.ASCII.GetBytes(Sequences[row]) : MemoryMarshal.AsBytes(Values.Span.Slice(row * Features.Length, Features.Length))));

    /// <summary>What is in the data and what was left out, as for a table.</summary>
    public DatasetSummary Summarize() => new()
    {
        Genes = Form,
        Format = Format,
        FileRows = FileRows,
        FileColumns = Features.Length,
        Rows = RowNumbers.Length,
        LeftOut = FileRows > RowNumbers.Length ? [new LeftOutRows(Form == GeneForm.Sequence ? "without letters" : "not in both files, or repeated", FileRows - RowNumbers.Length)] : [],
        Target = Target,
        Classes = [.. Classes.Select((name, k) => new ClassCount(name, Labels.Count(label => label == k)))],
        Features = Features.Length,
        Patients = Patients?.Distinct().Count(),
        Sites = Sites?.Distinct(StringComparer.Ordinal).Count(),
        DuplicateRows = Repeated,
        MissingShare = Values.Length == 0 ? 0 : MissingShare(),
        Columns = [],
        Findings = Findings,
        Digest = Digest,
    };

    /// <summary>A number that samples share of which a model reads the same.</summary>
    private int[] Equal()
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, RowNumbers.Length).Select(row => first.TryAdd(InputDigest(row), row) ? row : first[InputDigest(row)])];
    }

    private double MissingShare()
    {
        long missing = 0;
        foreach (float value in Values.Span)
        {
            missing += float.IsNaN(value) ? 1 : 0;
        }

        return (double)missing / Values.Length;
    }

    private string DigestOf(IEnumerable<int> rows, bool isSet)
    {
        var lines = rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{InputDigest(row)} {(Labels.IsEmpty ? "" : Classes[Labels[row]])} {(Groups.IsEmpty || isSet ? 0 : Groups[row])}"));
        string text = string.Join('\n', (isSet ? lines.Order(StringComparer.Ordinal) : lines).Prepend(string.Join('\t', Features)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
