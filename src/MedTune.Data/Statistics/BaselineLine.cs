using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>A line of a baseline table.</summary>
/// <param name="Figure">What it gives.</param>
/// <param name="Level">The level; empty for other lines, null for all levels too rare to be named.</param>
/// <param name="Cells">For all rows, then for each group of each split.</param>
public sealed record BaselineLine(BaselineFigure Figure, string? Level, ImmutableArray<BaselineCell> Cells);
