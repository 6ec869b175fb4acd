using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>What a person names beside the first file of gene data.</summary>
public sealed record GeneFiles
{
    /// <summary>Nothing.</summary>
    public static GeneFiles None { get; } = new();

    /// <summary>Files of sequences of the other classes, one for each. Default: none.</summary>
    public ImmutableArray<string> Others { get; init; } = [];

    /// <summary>The table of samples with their labels. Default: null, the data bring their own.</summary>
    public string? Labels { get; init; }

    /// <summary>The column of samples in that table. Default: null, the column <c>sample</c>, or the first.</summary>
    public string? Sample { get; init; }

    /// <summary>How a matrix lies. Default: told by the samples of the labels.</summary>
    public MatrixOrientation SamplesIn { get; init; } = MatrixOrientation.ByLabels;

    /// <summary>The reference genome (FASTA) that variants are checked against and normalised by. Default: null, none.</summary>
    public string? Reference { get; init; }

    /// <summary>Whether <c>chr1</c> of the variants is <c>1</c> of the reference, and the other way round. Default: no.</summary>
    public bool IgnoresChr { get; init; }
}
