namespace MedTune.Training;

/// <summary>Where the answers of a frozen prefix are kept.</summary>
public sealed record FrozenPrefixOptions
{
    /// <summary>Bytes of answers that are kept in memory; what does not fit is computed again in every epoch, or read from <see cref="Folder"/>. Default 1 GiB; 0 keeps none.</summary>
    public long MemoryLimit { get; init; } = 1L << 30;

    /// <summary>
    /// A folder for a file with the answers, which later runs of the same prefix on the same samples start from; it must exist. None by default. The file's name
    /// is the digest of the prefix, so that other networks do not meet it.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Bytes the file may take. Default 16 GiB.</summary>
    public long FolderLimit { get; init; } = 16L << 30;
}
