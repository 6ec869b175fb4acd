namespace MedTune.Reports;

/// <summary>Something found in the data, and what was done about it.</summary>
/// <param name="Level">How serious it is.</param>
/// <param name="Message">What was found, one sentence without any patient's values.</param>
/// <param name="Action">What was done, one sentence; empty when nothing was.</param>
public sealed record FindingRow(FindingLevel Level, string Message, string Action = "")
{
    /// <summary>The finding's code, as <c>--accept</c> takes it; empty when it has none.</summary>
    public string Code { get; init; } = "";

    /// <summary>The column concerned; null when it is none in particular.</summary>
    public string? Column { get; init; }

    /// <summary>How many rows or columns it concerns; null when that is no count.</summary>
    public int? Count { get; init; }
}
