using System.Collections.Immutable;

namespace MedTune;

/// <summary>A small picture for people.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Png">The PNG file; it holds pixels and nothing else.</param>
public sealed record EvidencePicture(int Width, int Height, ImmutableArray<byte> Png);
