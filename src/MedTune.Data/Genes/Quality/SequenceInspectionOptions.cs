namespace MedTune.Data.Genes;

/// <summary>How sequences are held against each other.</summary>
public sealed record SequenceInspectionOptions
{
    /// <summary>Length of the k-mers, 4 to 16. Default: 12, which two unrelated sequences of a few hundred letters hardly ever share.</summary>
    public int KmerLength { get; init; } = 12;

    /// <summary>The share of k-mers (Jaccard) from which on two sequences stay together, above 0 to 1. Default: 0.3, about half a window in common.</summary>
    public double LeastSharing { get; init; } = 0.3;

    internal static SequenceInspectionOptions Default { get; } = new();

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(KmerLength, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(KmerLength, KmerSet.LongestKmer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LeastSharing);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LeastSharing, 1);
    }
}
