namespace MedTune.Reports;

/// <summary>The figures for the groups of one column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Rows">The groups.</param>
public sealed record SubgroupTable(string Column, IReadOnlyList<SubgroupRow> Rows);
