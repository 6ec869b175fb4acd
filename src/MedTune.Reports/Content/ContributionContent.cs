namespace MedTune.Reports;

/// <summary>What the columns add to the answers of the model over many rows.</summary>
public sealed record ContributionContent
{
    /// <summary>Whose answers were looked at and how they were taken apart.</summary>
    public string Lead { get; init; } = "";

    /// <summary>The columns, in any order: the report sorts them by weight.</summary>
    public IReadOnlyList<ContributionColumn> Columns { get; init; } = [];

    /// <summary>Some single rows.</summary>
    public IReadOnlyList<EffectGroup> Examples { get; init; } = [];
}
