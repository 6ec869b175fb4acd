namespace MedTune.Data.Genes;

/// <summary>How a file of genes is packed, told by its content.</summary>
public enum Packing
{
    /// <summary>Not packed.</summary>
    None,

    /// <summary>gzip: can only be read from the start.</summary>
    Gzip,

    /// <summary>Blocked gzip (BGZF): blocks of at most 64 KiB with their sizes, closed by an empty block, so that a cut file is told at once.</summary>
    Bgzf,
}
