using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>A column of the data in a baseline table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Lines">What is said of it; a column of two levels has a line for the last of them only.</param>
/// <param name="Differences">
/// For each split the standardized mean difference of its groups, 0 or more: of several groups the largest between two. NaN where a group has
/// fewer than 10 rows with a value, or where the groups differ without spreading.
/// </param>
public sealed record BaselineColumn(string Name, ImmutableArray<BaselineLine> Lines, ImmutableArray<double> Differences);
