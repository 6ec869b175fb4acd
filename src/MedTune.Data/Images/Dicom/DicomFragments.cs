namespace MedTune.Data.Images;

/// <summary>The pieces of encapsulated pixel data.</summary>
/// <param name="OffsetTable">Where the table of frame offsets lies in the file, and its length in bytes; length 0 where it is empty.</param>
/// <param name="Pieces">Where each fragment's bytes lie in the file, and how many they are.</param>
internal sealed record DicomFragments((int Offset, int Length) OffsetTable, IReadOnlyList<(int Offset, int Length)> Pieces)
{
    /// <summary>The bytes of a fragment's item header, which offsets count too.</summary>
    public const int ItemHeader = 8;
}
