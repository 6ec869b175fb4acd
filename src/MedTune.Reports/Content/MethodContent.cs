namespace MedTune.Reports;

/// <summary>How the figures came about, and how to get them again.</summary>
public sealed record MethodContent
{
    /// <summary>The steps in words, for example <c>Splits</c>: <c>20 % of the patients were sealed ...</c></summary>
    public IReadOnlyList<FactRow> Steps { get; init; } = [];

    /// <summary>How often the sealed part was opened, this run included; null when nothing is sealed.</summary>
    public int? SealedOpenings { get; init; }

    /// <summary>Seed, versions, digests and the like, as they are to be read.</summary>
    public IReadOnlyList<FactRow> Record { get; init; } = [];

    /// <summary>The command that repeats the run; empty when not stated.</summary>
    public string Command { get; init; } = "";
}
