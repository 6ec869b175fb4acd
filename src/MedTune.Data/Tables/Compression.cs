namespace MedTune.Data;

/// <summary>How a table file is compressed.</summary>
public enum Compression
{
    /// <summary>Plain text.</summary>
    None,

    /// <summary>gzip (<c>.gz</c>).</summary>
    Gzip,
}
