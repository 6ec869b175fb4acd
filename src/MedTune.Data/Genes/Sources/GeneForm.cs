namespace MedTune.Data.Genes;

/// <summary>The forms of gene data that a model learns from.</summary>
public enum GeneForm
{
    /// <summary>No gene data.</summary>
    None,

    /// <summary>Measurements of genes: a matrix of samples and genes, with a table of labels.</summary>
    Expression,

    /// <summary>Sequences of letters: a file for each class, or a table.</summary>
    Sequence,

    /// <summary>Genotypes: variants of samples, with a table of labels.</summary>
    Genotype,
}
