namespace MedTune.Data.Genes;

/// <summary>The builds of the human genome in use; positions of one mean nothing in the other.</summary>
public enum GenomeBuild
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>GRCh37 (hg19).</summary>
    GRCh37,

    /// <summary>GRCh38 (hg38).</summary>
    GRCh38,
}
