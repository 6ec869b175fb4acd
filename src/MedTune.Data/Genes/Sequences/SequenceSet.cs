using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>Sequences with their labels: one FASTA or FASTQ file for each class, or a table with the columns <c>sequence</c> and <c>label</c>.</summary>
public sealed class SequenceSet
{
    internal SequenceSet(ImmutableArray<string> classes, string target, ImmutableArray<SequenceSample> samples, ImmutableArray<Finding> findings) =>
        (Classes, Target, Samples, Findings) = (classes, target, samples, findings);

    /// <summary>Names of the classes; the positive one last where there are two.</summary>
    public ImmutableArray<string> Classes { get; }

    /// <summary>What the labels are called: the table's column; <c>label</c> where files hold the classes.</summary>
    public string Target { get; }

    /// <summary>The sequences in the order of the files.</summary>
    public ImmutableArray<SequenceSample> Samples { get; }

    /// <summary>What was found and done while reading.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Opens labelled sequences: one table, or one FASTA or FASTQ file for each class.</summary>
    /// <param name="paths">A CSV or TSV file (sequences or the k-mers of DNABERT), or two or more FASTA or FASTQ files; a class is called as its file.</param>
    /// <param name="options">What a person says about them.</param>
    /// <exception cref="DataException">A file is refused, or there is one class only.</exception>
    public static SequenceSet Open(IReadOnlyList<string> paths, SequenceSetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        options ??= SequenceSetOptions.Default;
        var forms = paths.Select(SequenceFile.FormOf).ToArray();
        if (paths.Count == 1 && forms[0] == SequenceForm.Table)
        {
            return SequenceTable.Open(paths[0], options);
        }

        if (paths.Count < 2)
        {
            throw new DataException(paths.Count == 0
                ? "No file of sequences is named: name a table, or one FASTA file for each class."
                : $"{Path.GetFileName(paths[0])}: is one file of sequences, which says nothing of their classes: name one file for each class, or a table with the columns sequence and label.");
        }

        int table = Array.IndexOf(forms, SequenceForm.Table);
        return table < 0
            ? OfFiles(paths, options)
            : throw new DataException($"{Path.GetFileName(paths[table])}: is a table among files of sequences: name one table alone, or one FASTA or FASTQ file for each class.");
    }

    private static SequenceSet OfFiles(IReadOnlyList<string> paths, SequenceSetOptions options)
    {
        string[] names = [.. paths.Select(SequenceFile.ClassName)];
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            throw new DataException($"Two files of sequences have the same name {names.GroupBy(name => name).First(group => group.Count() > 1).Key}, which names their class: give each class a name of its own.");
        }

        var collected = new SequenceCollection(options);
        for (int i = 0; i < paths.Count; i++)
        {
            foreach (var sequence in SequenceFile.Read(paths[i], options))
            {
                collected.Add(sequence.Name, sequence.Letters, names[i], sequence.SoftMasked);
            }
        }

        return collected.Build(string.Join(" and ", paths.Select(Path.GetFileName)), "label", names[0]);
    }
}
