namespace MedTune.Data.Genes;

/// <summary>One sequence of a file.</summary>
/// <param name="Name">The first word of its header; may identify a person, so it is never shown.</param>
/// <param name="Letters">The letters, in upper case unless the case was asked for.</param>
public sealed record NucleotideSequence(string Name, string Letters)
{
    /// <summary>Letters that were written in lower case (soft-masked repeats).</summary>
    public long SoftMasked { get; init; }
}
