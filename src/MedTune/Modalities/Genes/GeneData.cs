using System.Collections.Immutable;
using MedTune.Data.Genes;
using MedTune.Prediction;

namespace MedTune.Modalities.Genes;

/// <summary>Samples with gene data, numbered from 0, as a model sees them.</summary>
internal sealed class GeneData
{
    /// <summary>What there is of each sample.</summary>
    public required GeneForm Input { get; init; }

    /// <summary>Names of the classes, the positive one last of two.</summary>
    public required ImmutableArray<string> ClassNames { get; init; }

    /// <summary>The class of each sample.</summary>
    public required ImmutableArray<int> Classes { get; init; }

    /// <summary>Samples of one group (a patient, relatives, alike sequences) stand on one side of every split.</summary>
    public required ImmutableArray<int> Groups { get; init; }

    /// <summary>Names of genes or variants, one for each column of <see cref="Values"/>; empty for sequences.</summary>
    public ImmutableArray<string> Features { get; init; } = [];

    /// <summary>Measurements or dosages [samples, features], missing as NaN; empty for sequences.</summary>
    public ReadOnlyMemory<float> Values { get; init; }

    /// <summary>The letters of each sample in upper case; empty for tables.</summary>
    public ImmutableArray<string> Sequences { get; init; } = [];

    /// <summary>Places of the model's input: the longest sequence; 0 for tables.</summary>
    public int Length { get; init; }

    /// <summary>Number of samples.</summary>
    public int Rows => Classes.Length;

    /// <summary>Margins of a model: one for two classes, one for each of more.</summary>
    public int Margins => ClassNames.Length == 2 ? 1 : ClassNames.Length;

    /// <summary>The graph's input.</summary>
    public string InputName => Input switch { GeneForm.Expression => ManifestGenes.Expression, GeneForm.Sequence => ManifestGenes.Tokens, _ => ManifestGenes.Dosages };

    /// <summary>The values of a sample.</summary>
    public ReadOnlySpan<float> RowOf(int row) => Values.Span.Slice(row * Features.Length, Features.Length);
}
