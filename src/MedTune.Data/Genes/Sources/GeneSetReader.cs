using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Data.Genes;

/// <summary>Reads labelled gene data of each form, and looks for what would flatter a model.</summary>
internal static class GeneSetReader
{
    /// <summary>Reads what a person named.</summary>
    /// <exception cref="DataException">Data are refused.</exception>
    public static GeneSet Labelled(string path, DatasetOptions options)
    {
        var files = options.Genes;
        GeneForm form = GeneDetection.FormOf(path, files);
        if (form == GeneForm.Sequence)
        {
            return files.Labels is null
                ? Ordered(Sequences(path, options), options.ClassNames)
                : throw new DataException($"{Path.GetFileName(path)}: holds sequences, whose labels stand in their own file or table: leave --labels out.");
        }

        string labels = files.Labels ?? throw new DataException(
            $"{Path.GetFileName(path)}: holds {(form == GeneForm.Genotype ? "variants" : "measurements")}, which say nothing of labels: name the table of samples with --labels, and its column with --target.");
        var set = form == GeneForm.Genotype ? Genotypes(path, labels, options) : Expression(path, labels, options);
        return Ordered(set, options.ClassNames);
    }

    private static GeneSet Sequences(string path, DatasetOptions options)
    {
        Refuse(options.Patient, "--patient", Path.GetFileName(path));
        Refuse(options.Site, "--site", Path.GetFileName(path));
        var set = SequenceSet.Open([path, .. options.Genes.Others], new SequenceSetOptions { Target = options.Target, Positive = options.Positive });
        var look = SequenceInspection.Run(set);
        return new GeneSet
        {
            Form = GeneForm.Sequence,
            Path = path,
            Format = options.Genes.Others.IsEmpty ? "table of sequences" : string.Create(CultureInfo.InvariantCulture, $"{options.Genes.Others.Length + 1} files of sequences, one for each class"),
            Classes = set.Classes,
            Labels = [.. set.Samples.Select(sample => sample.Label)],
            Target = set.Target,
            RowNumbers = [.. set.Samples.Select(sample => sample.Row)],
            FileRows = set.Samples[^1].Row + 1,
            Names = [.. set.Samples.Select(sample => sample.Name)],
            Groups = look.Groups,
            Sequences = [.. set.Samples.Select(sample => sample.Letters)],
            Floors = look.Floors,
            Repeated = look.Pairs.Count(pair => pair.IsExact),
            Findings = Sorted([.. set.Findings, .. look.Findings]),
        };
    }

    private static GeneSet Expression(string path, string labels, DatasetOptions options)
    {
        var set = ExpressionSet.Open(path, labels, new ExpressionOptions
        {
            Orientation = options.Genes.SamplesIn,
            Target = options.Target,
            Sample = options.Genes.Sample,
            Positive = options.Positive,
            DecimalMark = options.Read.DecimalMark ?? '.',
        });
        var table = LabelColumns.Read(labels, options, set.Target, set.Matrix.Samples);
        float[] values = new float[(long)set.Matrix.Samples.Length * set.Matrix.Genes.Length];
        for (int sample = 0; sample < set.Matrix.Samples.Length; sample++)
        {
            set.Matrix.Row(sample).CopyTo(values.AsSpan(sample * set.Matrix.Genes.Length));
        }

        var (copies, repeated) = Copies(values, set.Matrix.Genes.Length, set.Labels);
        return new GeneSet
        {
            Form = GeneForm.Expression,
            Path = path,
            Format = string.Create(CultureInfo.InvariantCulture, $"matrix of {set.Matrix.Genes.Length} genes, samples in {(set.Orientation == MatrixOrientation.SamplesInRows ? "rows" : "columns")}"),
            Classes = set.Classes,
            Labels = set.Labels,
            Target = set.Target,
            RowNumbers = table.Rows,
            FileRows = table.FileRows,
            Names = set.Matrix.Samples,
            Groups = [.. RowGroups.Union(copies, table.Patients)],
            Patients = table.Patients is null ? null : [.. table.Patients],
            Sites = table.Sites,
            Batches = table.Batches,
            Subgroups = table.Subgroups,
            Features = set.Matrix.Genes,
            Values = values,
            Repeated = repeated.Sum(finding => finding.Code == GeneFindingCodes.SameMeasurements ? finding.Count : 0),
            Findings = Sorted([.. set.Findings, .. repeated]),
        };
    }

    private static GeneSet Genotypes(string path, string labels, DatasetOptions options)
    {
        using var reference = options.Genes.Reference is { } genome ? ReferenceGenome.Open(genome) : null;
        var set = GenotypeSet.Open(path, labels, OptionsOf(options, reference));
        var look = GenotypeInspection.Run(set);
        var table = LabelColumns.Read(labels, options, set.Target, set.Samples);
        return new GeneSet
        {
            Form = GeneForm.Genotype,
            Path = path,
            Format = string.Create(CultureInfo.InvariantCulture, $"genotypes of {set.Variants.Length} variants"),
            Classes = set.Classes,
            Labels = set.Labels,
            Target = set.Target,
            RowNumbers = table.Rows,
            FileRows = table.FileRows,
            Names = set.Samples,
            Groups = [.. RowGroups.Union([.. look.Groups], table.Patients)],
            Patients = table.Patients is null ? null : [.. table.Patients],
            Sites = table.Sites,
            Batches = table.Batches,
            Subgroups = table.Subgroups,
            Features = [.. set.Variants.Select(column => NameOf(column.Variant))],
            Values = Dosages(set.Variants, set.Samples.Length),
            Build = set.Build,
            Repeated = look.Alike.Length,
            Findings = Sorted([.. set.Findings, .. look.Findings]),
        };
    }

    /// <summary>How genotypes are read with what was named beside them.</summary>
    public static GenotypeOptions OptionsOf(DatasetOptions options, ReferenceGenome? reference) => new()
    {
        Target = options.Target,
        Sample = options.Genes.Sample,
        Positive = options.Positive,
        Reference = reference,
        Contigs = options.Genes.IgnoresChr ? ContigNames.IgnoringChr : ContigNames.Exact,
    };

    /// <summary>What a variant is called in a model.</summary>
    public static string NameOf(Variant variant) => string.Create(CultureInfo.InvariantCulture, $"{variant.Chromosome}:{variant.Position}:{variant.Reference}:{variant.Alternate}");

    /// <summary>The dosages [samples, variants], unknown as NaN.</summary>
    public static float[] Dosages(ImmutableArray<GenotypeColumn> columns, int samples)
    {
        float[] values = new float[(long)samples * columns.Length];
        for (int variant = 0; variant < columns.Length; variant++)
        {
            var dosages = columns[variant].Dosages;
            for (int sample = 0; sample < samples; sample++)
            {
                values[(sample * columns.Length) + variant] = dosages[sample] < 0 ? float.NaN : dosages[sample];
            }
        }

        return values;
    }

    /// <summary>Groups of samples whose values are all the same.</summary>
    private static (int[] Groups, Finding[] Findings) Copies(float[] values, int width, ImmutableArray<int> labels)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] groups = new int[labels.Length];
        (int same, int contradicting) = (0, 0);
        for (int row = 0; row < groups.Length; row++)
        {
            string key = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan(row * width, width))));
            groups[row] = first.TryAdd(key, row) ? row : first[key];
            (same, contradicting) = (same + (groups[row] == row ? 0 : 1), contradicting + (labels[groups[row]] == labels[row] ? 0 : 1));
        }

        var findings = new List<Finding>();
        if (same > 0)
        {
            findings.Add(new Finding(GeneFindingCodes.SameMeasurements, FindingSeverity.Warning, null, same, $"{same} samples have exactly the measurements of another one.", "Kept on one side of every split; check whether a sample was written down twice."));
        }

        if (contradicting > 0)
        {
            findings.Add(new Finding(GeneFindingCodes.ContradictingMeasurements, FindingSeverity.Warning, null, contradicting, $"{contradicting} of those have another label than the sample they repeat.", "Kept; look at both, one label at most is right."));
        }

        return (groups, [.. findings]);
    }

    /// <summary>The same set with the classes in a model's order.</summary>
    private static GeneSet Ordered(GeneSet set, ImmutableArray<string> names)
    {
        if (names.IsEmpty)
        {
            return set;
        }

        if (set.Classes.FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new DataException($"{Path.GetFileName(set.Path)}: has the class '{unknown}'; the model answers {string.Join(", ", names.Select(name => $"'{name}'"))}. Name the classes alike.");
        }

        return set.Relabelled(names, [.. set.Labels.Select(label => names.IndexOf(set.Classes[label]))]);
    }

    private static ImmutableArray<Finding> Sorted(IEnumerable<Finding> findings) => [.. findings.OrderByDescending(finding => finding.Severity)];

    private static void Refuse(string? column, string option, string where)
    {
        if (column is not null)
        {
            throw new DataException($"{where}: holds sequences, for which {option} is not read; sequences that are alike are kept together as they are.");
        }
    }
}
