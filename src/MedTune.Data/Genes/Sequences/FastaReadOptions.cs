namespace MedTune.Data.Genes;

/// <summary>How sequences are read.</summary>
public sealed record FastaReadOptions
{
    /// <summary>Whether lower case (soft-masked repeats) is kept rather than put into upper case. Default: false.</summary>
    public bool KeepsCase { get; init; }

    /// <summary>Longest sequence that is handed on as a whole. Default: 2^28 letters, more than the longest human chromosome.</summary>
    public int LongestSequence { get; init; } = 1 << 28;

    internal static FastaReadOptions Default { get; } = new();
}
