namespace MedTune;

/// <summary>One file of a run, compared with what training again gave.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Expected">The digest in the record; empty when the record has none.</param>
/// <param name="Kept">The digest of the file in the run folder; empty when it is missing.</param>
/// <param name="Found">The digest of what training again gave.</param>
public sealed record DigestComparison(string File, string Expected, string Kept, string Found)
{
    /// <summary>Whether all three are the same.</summary>
    public bool IsEqual => Expected.Length > 0 && Expected == Kept && Expected == Found;
}
