namespace MedTune.Modalities.Genes;

/// <summary>What a model for genes reads of a sample.</summary>
internal enum GeneInput
{
    /// <summary>Measurements of genes, Float [N, genes], missing as NaN.</summary>
    Expression,

    /// <summary>A sequence of letters, Int64 [N, length].</summary>
    Sequence,

    /// <summary>Copies of alternate alleles, Float [N, variants], unknown as NaN.</summary>
    Genotype,
}
