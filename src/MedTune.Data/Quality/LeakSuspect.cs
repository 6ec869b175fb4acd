namespace MedTune.Data;

/// <summary>A sign that a column, the order of the rows or repeated patients give the target away.</summary>
/// <param name="Code">The kind of sign; one of the <c>leak-</c> and <c>row-order</c> codes of <see cref="FindingCodes"/>.</param>
/// <param name="Column">The column, or null when it is the order of the rows.</param>
/// <param name="Severity">What it means for training while nobody has answered: <see cref="FindingSeverity.Stop"/> or <see cref="FindingSeverity.Warning"/>.</param>
/// <param name="IsDropped">Whether the column was named with <c>--drop</c>, which answers it.</param>
/// <param name="Auroc">How well the column alone tells the classes apart, from 0.5 (not at all) to 1; NaN where that was not measured.</param>
/// <param name="Seen">What was seen and why it matters, in one sentence.</param>
/// <param name="Answers">The two ways to answer, in one sentence.</param>
public sealed record LeakSuspect(
    string Code,
    string? Column,
    FindingSeverity Severity,
    bool IsDropped,
    double Auroc,
    string Seen,
    string Answers);
