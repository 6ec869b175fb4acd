namespace MedTune.Reports;

/// <summary>The leakage certificate: what was looked for to see whether figures are too good to be true, and what came of it.</summary>
/// <param name="Statement">All checks in one sentence.</param>
/// <param name="Limit">What the checks cannot say.</param>
/// <param name="Checks">One by one.</param>
public sealed record LeakageContent(string Statement, string Limit, IReadOnlyList<LeakageRow> Checks);
