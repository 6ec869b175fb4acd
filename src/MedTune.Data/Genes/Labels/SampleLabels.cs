using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>A table of samples with their labels, held against the samples that the measurements have.</summary>
internal sealed record SampleLabels(ImmutableArray<string> Samples, ImmutableArray<int> Labels, ImmutableArray<string> Classes, string Target)
{
    /// <summary>Reads the names of the samples and their labels as they are written.</summary>
    /// <exception cref="DataException">A column is missing or not clear, a sample has two labels, or a cell is empty.</exception>
    public static (ImmutableArray<string> Samples, ImmutableArray<string> Labels, string Target) ReadTable(string path, string? sampleColumn, string? target, List<Finding> findings)
    {
        string where = Path.GetFileName(path);
        var table = TableReader.Read(path);
        var samples = sampleColumn is not null ? table[sampleColumn] : table.Find("sample") ?? table.Columns[0];
        var others = table.Columns.Where(column => column != samples).ToArray();
        var labels = target is not null ? table[target]
            : table.Find("label") ?? (others.Length == 1 ? others[0] : throw new DataException(
                $"{where}: does not say which column holds the labels: name it with --target ({string.Join(", ", others.Take(20).Select(column => column.Name))})."));
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        var order = ImmutableArray.CreateBuilder<string>();
        int repeated = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            if (samples[row].Length == 0 || labels[row].Length == 0)
            {
                throw new DataException($"{where}: row {row + 1} has no {(samples[row].Length == 0 ? "sample" : "label")} in the column {(samples[row].Length == 0 ? samples.Name : labels.Name)}: fill it in, or take the row out.");
            }

            if (byName.TryAdd(samples[row], labels[row]))
            {
                order.Add(samples[row]);
                continue;
            }

            repeated++;
            if (byName[samples[row]] != labels[row])
            {
                throw new DataException($"{where}: row {row + 1} repeats a sample of a row before with another label in the column {labels.Name}: correct the one that is wrong.");
            }
        }

        if (repeated > 0)
        {
            findings.Add(new Finding(GeneFindingCodes.RepeatedSamples, FindingSeverity.Warning, samples.Name, repeated,
                $"{where}: {repeated} rows repeat a sample of a row before.", "Counted each sample once."));
        }

        findings.AddRange(table.Findings);
        return (order.ToImmutable(), [.. order.Select(sample => byName[sample])], labels.Name);
    }

    /// <summary>Reads the table and keeps the samples that were measured, in the order of the table.</summary>
    /// <param name="path">The table.</param>
    /// <param name="sampleColumn">The column of samples, or null.</param>
    /// <param name="target">The column of labels, or null.</param>
    /// <param name="positive">The positive class, or null.</param>
    /// <param name="measured">The samples that the other file has.</param>
    /// <param name="measuredWhere">How messages name the other file.</param>
    /// <param name="findings">Added to.</param>
    /// <exception cref="DataException">No sample is in both, or there is one class only.</exception>
    public static SampleLabels Read(
        string path, string? sampleColumn, string? target, string? positive, ImmutableArray<string> measured, string measuredWhere, List<Finding> findings)
    {
        var (samples, labels, name) = ReadTable(path, sampleColumn, target, findings);
        return Join(samples, labels, name, Path.GetFileName(path), positive, measured, measuredWhere, findings);
    }

    /// <summary>Keeps the samples that were measured.</summary>
    public static SampleLabels Join(
        ImmutableArray<string> samples, ImmutableArray<string> labels, string target, string where, string? positive, ImmutableArray<string> measured, string measuredWhere, List<Finding> findings)
    {
        var present = new HashSet<string>(measured, StringComparer.Ordinal);
        int[] kept = [.. Enumerable.Range(0, samples.Length).Where(i => present.Contains(samples[i]))];
        if (kept.Length == 0)
        {
            throw new DataException($"{where}: none of its {samples.Length} samples is among the {measured.Length} of {measuredWhere}: check that both name samples in the same way.");
        }

        Tell(samples.Length - kept.Length, where, measuredWhere, findings);
        Tell(present.Count - kept.Length, measuredWhere, where, findings);
        var classes = GeneClasses.Ordered(kept.Select(i => labels[i]), positive, null, where, findings);
        return new SampleLabels([.. kept.Select(i => samples[i])], [.. kept.Select(i => classes.IndexOf(labels[i]))], classes, target);
    }

    private static void Tell(int count, string where, string other, List<Finding> findings)
    {
        if (count > 0)
        {
            findings.Add(new Finding(GeneFindingCodes.UnmatchedSamples, FindingSeverity.Warning, null, count,
                $"{where}: {count} {(count == 1 ? "sample is" : "samples are")} not in {other}.", "Left out; check that both files name samples in the same way."));
        }
    }
}
