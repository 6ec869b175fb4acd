using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>A way to part the rows of a dataset into groups of people: by sex, age band, ethnicity or site.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Groups">The groups' names, in order.</param>
/// <param name="GroupOfRow">For each row of the dataset the place of its group; -1 where not known. Not to be changed.</param>
public sealed record Subgrouping(string Name, ImmutableArray<string> Groups, int[] GroupOfRow);
