namespace MedTune.Data.Genes;

/// <summary>Two sequences of a set that are the same, or share many k-mers.</summary>
/// <param name="First">The number of one, the smaller.</param>
/// <param name="Second">The number of the other.</param>
/// <param name="IsExact">Whether every letter is the same, on the same strand or read on the other one.</param>
/// <param name="IsReverse">Whether they are exactly the same only when one is read on the other strand.</param>
/// <param name="Sharing">K-mers that both have among those that either has (Jaccard), 1 for exact ones.</param>
public sealed record SimilarSequences(int First, int Second, bool IsExact, bool IsReverse, double Sharing);
