using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Something found in the data, and what was done about it. Nothing is changed or left out without one.</summary>
/// <param name="Code">A stable short name such as <c>duplicate-rows</c>; the values are in <see cref="FindingCodes"/>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Column">The column it is about, or null when it is about the whole table.</param>
/// <param name="Count">How many rows, cells or columns it concerns (the message says which).</param>
/// <param name="Message">What was found, in one sentence.</param>
/// <param name="Action">What was done, or what to do, in one sentence.</param>
public sealed record Finding(
    string Code,
    FindingSeverity Severity,
    string? Column,
    int Count,
    string Message,
    string Action)
{
    /// <summary>Whether a person has answered this finding with <c>--accept</c>.</summary>
    /// <param name="accepted">What the user accepts: <c>CODE</c>, <c>CODE:COLUMN</c> or <c>all</c>.</param>
    public bool IsAcceptedBy(ImmutableArray<string> accepted) => IsAccepted(Code, Column, accepted);

    internal static bool IsAccepted(string code, string? column, ImmutableArray<string> accepted) =>
        accepted.Any(answer => answer == "all" || answer == code || (column is not null && answer == $"{code}:{column}"));
}
