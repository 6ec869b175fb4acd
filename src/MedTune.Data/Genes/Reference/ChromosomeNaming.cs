namespace MedTune.Data.Genes;

/// <summary>How the human chromosomes are called.</summary>
public enum ChromosomeNaming
{
    /// <summary>None of the names is that of a human chromosome.</summary>
    Unknown,

    /// <summary><c>1</c>, <c>X</c>, <c>MT</c>.</summary>
    Plain,

    /// <summary><c>chr1</c>, <c>chrX</c>, <c>chrM</c>.</summary>
    Chr,

    /// <summary>Both in one file.</summary>
    Mixed,
}
