namespace MedTune.Reports;

/// <summary>The heading of a column of a baseline table.</summary>
/// <param name="Label">The group, or what the numbers are.</param>
/// <param name="Size">Its size in words; empty for none.</param>
public sealed record BaselineHeading(string Label, string Size = "");
