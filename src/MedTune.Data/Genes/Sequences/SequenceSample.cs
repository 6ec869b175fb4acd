namespace MedTune.Data.Genes;

/// <summary>A labelled sequence.</summary>
/// <param name="Name">Its name in the file; may identify a person, so it is never shown. Empty where it has none.</param>
/// <param name="Letters">The letters in upper case, T for U.</param>
/// <param name="Label">The number of its class in <see cref="SequenceSet.Classes"/>.</param>
public sealed record SequenceSample(string Name, string Letters, int Label)
{
    /// <summary>The number of its record or row, from 0 over all files, those without letters counted.</summary>
    public int Row { get; init; }
}
