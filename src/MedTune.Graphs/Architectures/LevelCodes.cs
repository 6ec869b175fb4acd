namespace MedTune.Graphs.Architectures;

/// <summary>A categorical input of a tabular head: one whole number per sample.</summary>
/// <param name="Codes">Int64 [N], from 0.</param>
/// <param name="Levels">Number of different codes.</param>
/// <param name="Label">What the initializers that belong to it are named after.</param>
public readonly record struct LevelCodes(Value Codes, int Levels, string Label);
