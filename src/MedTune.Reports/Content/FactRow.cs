namespace MedTune.Reports;

/// <summary>A named fact.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value, as it is to be read.</param>
public sealed record FactRow(string Name, string Value);
