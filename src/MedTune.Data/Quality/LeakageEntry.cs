namespace MedTune.Data;

/// <summary>One leak suspect and its answer, as the certificate shows it.</summary>
/// <param name="Column">The column, or null when it is the order of the rows.</param>
/// <param name="Seen">What was seen and why it matters, in one sentence.</param>
/// <param name="Auroc">How well the column alone tells the classes apart, from 0.5 to 1; NaN where that was not measured.</param>
/// <param name="Answer">What became of it.</param>
public sealed record LeakageEntry(string? Column, string Seen, double Auroc, LeakageAnswer Answer);
