using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>Genotypes of labelled samples: a VCF or BCF file and a table of samples with their labels.</summary>
public sealed class GenotypeSet
{
    private GenotypeSet(ImmutableArray<string> samples, ImmutableArray<GenotypeColumn> variants, SampleLabels labels, GenomeBuild build, ImmutableArray<Finding> findings)
    {
        (Samples, Variants, Build, Findings) = (samples, variants, build, findings);
        (Classes, Labels, Target) = (labels.Classes, labels.Labels, labels.Target);
    }

    /// <summary>The samples in the order of the table of labels. They identify persons: never log or report them.</summary>
    public ImmutableArray<string> Samples { get; }

    /// <summary>For each sample the number of its class.</summary>
    public ImmutableArray<int> Labels { get; }

    /// <summary>Names of the classes; the positive one last where there are two.</summary>
    public ImmutableArray<string> Classes { get; }

    /// <summary>What the labels are called.</summary>
    public string Target { get; }

    /// <summary>The variants in the order of the file, one for each alternate allele that is a change of letters.</summary>
    public ImmutableArray<GenotypeColumn> Variants { get; }

    /// <summary>The build the positions belong to.</summary>
    public GenomeBuild Build { get; }

    /// <summary>What was found and done while reading.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Reads variants and labels and joins them by sample.</summary>
    /// <param name="variants">A VCF or BCF file with genotypes.</param>
    /// <param name="labels">A table with a column of samples and one of labels.</param>
    /// <param name="options">What a person says about them.</param>
    /// <exception cref="DataException">A file is refused, no sample is in both, or there is one class only.</exception>
    public static GenotypeSet Open(string variants, string labels, GenotypeOptions? options = null)
    {
        options ??= GenotypeOptions.Default;
        using var reader = VcfReader.Open(variants, options.Reading);
        var findings = new List<Finding>();
        var known = SampleLabels.Read(labels, options.Sample, options.Target, options.Positive, reader.Header.Samples, Path.GetFileName(variants), findings);
        var numbers = new Dictionary<string, int>(reader.Header.Samples.Select((sample, i) => KeyValuePair.Create(sample, i)), StringComparer.Ordinal);
        var columns = new GenotypeCollection(reader, options, [.. known.Samples.Select(sample => numbers[sample])], findings).Read();
        return columns.Length > 0
            ? new GenotypeSet(known.Samples, columns, known, reader.Build, [.. findings, .. reader.Findings])
            : throw new DataException($"{Path.GetFileName(variants)}: has no variant with genotypes that can be used: check that it has samples, GT in FORMAT and filters that are passed.");
    }
}
