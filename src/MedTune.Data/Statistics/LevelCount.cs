namespace MedTune.Data;

/// <summary>A level and how many rows have it.</summary>
/// <param name="Level">The level's text; a numeric level in its shortest form (<c>63</c>, not <c>63.0</c>).</param>
/// <param name="Number">The level's number, or NaN when the level is text.</param>
/// <param name="Count">Rows that have it.</param>
public sealed record LevelCount(string Level, double Number, int Count);
