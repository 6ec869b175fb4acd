using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>Reads gene data that a model is asked about.</summary>
internal static class UnlabelledGenes
{
    private static readonly string[] Called = ["no gene data", "measurements of genes (a matrix)", "sequences (FASTA, FASTQ or a table)", "genotypes (VCF or BCF)"];

    /// <summary>Reads what a person named.</summary>
    /// <exception cref="DataException">Data are refused, or are of another form than the model reads.</exception>
    public static GeneSet Read(string path, DatasetOptions options, GeneForm form, ImmutableArray<string> features)
    {
        GeneForm found = GeneDetection.FormOf(path, options.Genes);
        if (form != GeneForm.Expression && found != form && File.Exists(path))
        {
            throw new DataException($"{Path.GetFileName(path)}: the model reads {Called[(int)form]}, and this holds {(found == GeneForm.None ? "a table or something else" : Called[(int)found])}: give it what it was trained on.");
        }

        return form switch
        {
            GeneForm.Sequence => Sequences(path, options),
            GeneForm.Genotype => Genotypes(path, options),
            _ => Expression(path, options, features),
        };
    }

    private static GeneSet Sequences(string path, DatasetOptions options)
    {
        var sequences = new List<NucleotideSequence>();
        foreach (string file in options.Genes.Others.Insert(0, path))
        {
            sequences.AddRange(SequenceFile.FormOf(file) == SequenceForm.Table ? OfTable(file) : SequenceFile.Read(file, SequenceSetOptions.Default));
        }

        int[] used = [.. Enumerable.Range(0, sequences.Count).Where(i => sequences[i].Letters.Length > 0)];
        if (used.Length == 0)
        {
            throw new DataException($"{Path.GetFileName(path)}: holds no sequence with letters: check that it is the right file.");
        }

        return new GeneSet
        {
            Form = GeneForm.Sequence,
            Path = path,
            Format = "sequences",
            RowNumbers = [.. used],
            FileRows = sequences.Count,
            Names = [.. used.Select(i => sequences[i].Name)],
            Sequences = [.. used.Select(i => sequences[i].Letters.ToUpperInvariant().Replace('U', 'T'))],
        };
    }

    private static IEnumerable<NucleotideSequence> OfTable(string path)
    {
        var (names, letters) = SequenceTable.ReadLetters(path);
        return names.Select((name, i) => new NucleotideSequence(name, letters[i]));
    }

    private static GeneSet Genotypes(string path, DatasetOptions options)
    {
        using var reference = options.Genes.Reference is { } genome ? ReferenceGenome.Open(genome) : null;
        using var reader = VcfReader.Open(path);
        var findings = new List<Finding>();
        int samples = reader.Header.Samples.Length;
        var columns = new GenotypeCollection(reader, GeneSetReader.OptionsOf(options, reference), [.. Enumerable.Range(0, samples)], findings).Read();
        if (samples == 0 || columns.IsEmpty)
        {
            throw new DataException($"{Path.GetFileName(path)}: has no {(samples == 0 ? "samples" : "variant with genotypes that can be used")}: check that it is the right file.");
        }

        return new GeneSet
        {
            Form = GeneForm.Genotype,
            Path = path,
            Format = "genotypes",
            RowNumbers = [.. Enumerable.Range(0, samples)],
            FileRows = samples,
            Names = reader.Header.Samples,
            Features = [.. columns.Select(column => GeneSetReader.NameOf(column.Variant))],
            Values = GeneSetReader.Dosages(columns, samples),
            Build = reader.Build,
            Findings = [.. findings, .. reader.Findings],
        };
    }

    private static GeneSet Expression(string path, DatasetOptions options, ImmutableArray<string> features)
    {
        var findings = new List<Finding>();
        using var file = GeneFile.Open(path);
        var read = new MatrixReader(file, new ExpressionOptions { DecimalMark = options.Read.DecimalMark ?? '.' }, "", findings).Read();
        bool areRows = options.Genes.SamplesIn == MatrixOrientation.ByLabels ? AreSamplesInRows(read, [.. features], file.Where) : options.Genes.SamplesIn == MatrixOrientation.SamplesInRows;
        ImmutableArray<string> samples = [.. (areRows ? read.Rows : read.Columns).Distinct(StringComparer.Ordinal)];
        var matrix = MatrixSides.Arrange(read, areRows, samples, file.Where, findings);
        float[] values = new float[(long)samples.Length * matrix.Genes.Length];
        for (int sample = 0; sample < samples.Length; sample++)
        {
            matrix.Row(sample).CopyTo(values.AsSpan(sample * matrix.Genes.Length));
        }

        return new GeneSet
        {
            Form = GeneForm.Expression,
            Path = path,
            Format = "matrix",
            RowNumbers = [.. Enumerable.Range(0, samples.Length)],
            FileRows = samples.Length,
            Names = samples,
            Features = matrix.Genes,
            Values = values,
            Findings = [.. findings],
        };
    }

    /// <summary>By the genes that the model knows.</summary>
    private static bool AreSamplesInRows(MatrixContent matrix, HashSet<string> genes, string where)
    {
        (int inRows, int inColumns) = (matrix.Rows.Count(genes.Contains), matrix.Columns.Count(genes.Contains));
        if (inRows == 0 && inColumns == 0)
        {
            throw new DataException($"{where}: none of its rows and columns is called as one of the {genes.Count} genes of the model: give measurements of the same platform, with genes named alike.");
        }

        return inColumns >= inRows;
    }
}
