using System.CommandLine;
using MedTune.Data;
using MedTune.Data.Genes;

namespace MedTune.Cli.Options;

/// <summary>What a person says about gene data beside the file: labels, how a matrix lies, the reference genome.</summary>
internal sealed class GeneOptions
{
    private readonly Option<string?> _labels = TypedOption.Text("--labels", "FILE", "Gene data: the table of samples with their labels, for a matrix of measurements or a VCF. --target, --patient and --site name its columns.");

    private readonly Option<string?> _sample = TypedOption.Text("--sample", "COL", "Gene data: the column of samples in --labels. Default: sample, or the first.");

    private readonly Option<MatrixOrientation?> _samplesIn = TypedOption.SamplesIn("--samples-in", "Gene data: whether the samples of a matrix lie in its rows or columns. Default: told by the samples of --labels.");

    private readonly Option<string?> _reference = TypedOption.Text("--reference", "FASTA", "Gene data: the reference genome, by which variants are checked and normalised.");

    private readonly Option<bool> _ignoresChr = new("--ignore-chr") { Description = "Gene data: chr1 of the variants is 1 of the reference, and the other way round." };

    /// <summary>All options, or without those of labels where data are only asked about.</summary>
    public void AddTo(Command command, bool hasLabels)
    {
        Option[] labels = [_labels, _sample];
        foreach (Option option in (hasLabels ? labels : []).Concat([_samplesIn, _reference, _ignoresChr]))
        {
            command.Options.Add(option);
        }
    }

    public GeneFiles Read(ParseResult parsed) => new()
    {
        Labels = parsed.GetValue(_labels),
        Sample = parsed.GetValue(_sample),
        SamplesIn = parsed.GetValue(_samplesIn) ?? MatrixOrientation.ByLabels,
        Reference = parsed.GetValue(_reference),
        IgnoresChr = parsed.GetValue(_ignoresChr),
    };

    /// <summary>The options as they would be typed.</summary>
    public static IEnumerable<(string Name, string? Value)> Typed(GeneFiles files) =>
    [
        ("--labels", files.Labels),
        ("--sample", files.Sample),
        ("--samples-in", files.SamplesIn switch { MatrixOrientation.SamplesInRows => "rows", MatrixOrientation.SamplesInColumns => "columns", _ => null }),
        ("--reference", files.Reference),
    ];

    /// <summary>One file, or the files of sequences of several classes.</summary>
    /// <exception cref="ArgumentsException">Several files are named that are none of sequences.</exception>
    public static (string Path, DatasetOptions Options) FilesOf(string[] paths, DatasetOptions options)
    {
        if (paths.Length == 1)
        {
            return (paths[0], options);
        }

        if (paths.FirstOrDefault(path => File.Exists(path) && GeneSet.FormOf(path, new DatasetOptions()) != GeneForm.Sequence) is { } other)
        {
            throw new ArgumentsException($"Several files are named, which is for sequences, one FASTA or FASTQ file for each class; '{other}' is something else: give one table, folder or archive.");
        }

        return (paths[0], options with { Genes = options.Genes with { Others = [.. paths[1..]] } });
    }
}
