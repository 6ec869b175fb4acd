namespace MedTune.Data.Images;

/// <summary>Where the brightness of a shown picture comes from.</summary>
public enum DicomWindowSource
{
    /// <summary>A window of the file.</summary>
    File,

    /// <summary>A lookup table of the file.</summary>
    FileTable,

    /// <summary>The window that the caller gave.</summary>
    Given,

    /// <summary>The range of the frame's values, padding left out.</summary>
    FullRange,

    /// <summary>None: the picture has its own colors.</summary>
    Color,
}
