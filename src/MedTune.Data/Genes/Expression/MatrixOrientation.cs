namespace MedTune.Data.Genes;

/// <summary>How a matrix of measurements lies.</summary>
public enum MatrixOrientation
{
    /// <summary>To be told by the samples of the labels; asked back where they do not tell.</summary>
    ByLabels,

    /// <summary>A row for each sample, a column for each gene.</summary>
    SamplesInRows,

    /// <summary>A row for each gene, a column for each sample.</summary>
    SamplesInColumns,
}
