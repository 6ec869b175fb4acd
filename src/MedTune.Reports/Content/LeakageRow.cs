namespace MedTune.Reports;

/// <summary>One check for leaks.</summary>
/// <param name="Verdict">What came of it.</param>
/// <param name="Checked">What was looked for.</param>
/// <param name="Result">What was found, in a sentence.</param>
public sealed record LeakageRow(LeakageVerdict Verdict, string Checked, string Result)
{
    /// <summary>What was found one by one, for example column by column; empty when the result says it all.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}
