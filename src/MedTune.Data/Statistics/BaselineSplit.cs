using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Groups of rows whose columns are held against each other: by outcome, or by part of the data.</summary>
/// <param name="Name">What the groups differ in.</param>
/// <param name="Groups">Their names, at least two.</param>
/// <param name="GroupOfRow">For each row of the dataset the place of its group; -1 where it is in none. Not to be changed.</param>
public sealed record BaselineSplit(string Name, ImmutableArray<string> Groups, int[] GroupOfRow);
