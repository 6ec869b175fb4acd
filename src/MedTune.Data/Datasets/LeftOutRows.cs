namespace MedTune.Data;

/// <summary>Rows of the file that are not used, and why.</summary>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="Count">How many rows.</param>
public sealed record LeftOutRows(string Reason, int Count);
