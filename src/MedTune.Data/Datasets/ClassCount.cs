namespace MedTune.Data;

/// <summary>A class of the target and how many rows have it.</summary>
/// <param name="Name">The class.</param>
/// <param name="Count">Rows.</param>
public sealed record ClassCount(string Name, int Count);
