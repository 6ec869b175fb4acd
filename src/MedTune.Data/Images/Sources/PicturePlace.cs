namespace MedTune.Data.Images;

/// <summary>Where the pixels of a sample are.</summary>
/// <param name="File">The path of the file; empty for an archive that is held in memory.</param>
/// <param name="Index">The frame, slice or picture in it, from 0.</param>
/// <param name="Part">The part of an archive, or null.</param>
/// <param name="Plane">How a volume is cut; null for other files.</param>
internal sealed record PicturePlace(string File, long Index, string? Part = null, AnatomicalPlane? Plane = null)
{
    /// <summary>The index of a volume that claims more slices than any has.</summary>
    public const long TooMany = -1;

    /// <summary>Which of several joined sets it is of, from 0.</summary>
    public int Source { get; init; }
}
