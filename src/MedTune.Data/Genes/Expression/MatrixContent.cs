using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>A matrix as it lies in its file.</summary>
/// <param name="Columns">The names of the columns of numbers.</param>
/// <param name="Rows">The names of the rows.</param>
/// <param name="Values">The values of each row.</param>
internal sealed record MatrixContent(ImmutableArray<string> Columns, ImmutableArray<string> Rows, List<float[]> Values);
