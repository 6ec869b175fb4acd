namespace MedTune.Data.Genes;

/// <summary>One read of a FASTQ file.</summary>
/// <param name="Name">The first word of its header; may identify a person, so it is never shown.</param>
/// <param name="Letters">The letters in upper case.</param>
/// <param name="Qualities">For each letter the Phred quality, 0 to 93 (characters ! to ~).</param>
public sealed record FastqRecord(string Name, string Letters, byte[] Qualities);
