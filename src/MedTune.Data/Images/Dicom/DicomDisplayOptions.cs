namespace MedTune.Data.Images;

/// <summary>How a grey frame is shown.</summary>
public sealed record DicomDisplayOptions
{
    /// <summary>The window to use instead of the file's own, in rescaled units; null (the default) uses the file's.</summary>
    public DicomWindow? Window { get; init; }

    /// <summary>Whether the file's windows and lookup table are left aside, and the full range of values is shown. Default: no.</summary>
    public bool IgnoresFileWindow { get; init; }

    /// <summary>Which of the file's windows (or lookup tables) is used, from 0 (the default); the last where it has fewer.</summary>
    public int WindowIndex { get; init; }
}
