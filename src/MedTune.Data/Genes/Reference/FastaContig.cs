namespace MedTune.Data.Genes;

/// <summary>A record of an indexed FASTA file, as a line of its <c>.fai</c> index says.</summary>
/// <param name="Name">The first word of its header.</param>
/// <param name="Length">Its letters.</param>
/// <param name="Offset">Where its first letter lies in the unpacked file.</param>
/// <param name="LineLetters">Letters of each line but the last.</param>
/// <param name="LineBytes">Bytes of each line but the last, line end included.</param>
public sealed record FastaContig(string Name, long Length, long Offset, int LineLetters, int LineBytes);
