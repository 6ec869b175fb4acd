namespace MedTune.Graphs.Architectures;

/// <summary>How the positions of an image's patches are stored: one row per place, after those of the tokens before the patches.</summary>
/// <param name="Name">The initializer, [1, tokens + rows · columns, width].</param>
/// <param name="Tokens">Rows of it that belong to tokens before the patches: 1 where the class token has a position, else 0.</param>
/// <param name="Rows">Patches from top to bottom.</param>
/// <param name="Columns">Patches from left to right.</param>
public sealed record PatchPositions(string Name, int Tokens, int Rows, int Columns);
