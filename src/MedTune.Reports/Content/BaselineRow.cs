namespace MedTune.Reports;

/// <summary>A line of a baseline table.</summary>
/// <param name="Name">The column of the data; empty on its further lines.</param>
/// <param name="Measure">What the line gives.</param>
/// <param name="Cells">One text for each heading.</param>
public sealed record BaselineRow(string Name, string Measure, IReadOnlyList<string> Cells);
