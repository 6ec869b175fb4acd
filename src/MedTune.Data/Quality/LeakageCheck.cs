using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>One thing that was looked for in the data, and what was found.</summary>
/// <param name="Code">The code of its findings; one of <see cref="FindingCodes"/>.</param>
/// <param name="Checked">What was looked for, in one sentence.</param>
/// <param name="Result">What came of it, in one sentence.</param>
/// <param name="Entries">What was found, column by column; empty when nothing was.</param>
public sealed record LeakageCheck(string Code, string Checked, string Result, ImmutableArray<LeakageEntry> Entries)
{
    /// <summary>Whether nothing was found.</summary>
    public bool IsClear => Entries.IsEmpty;
}
