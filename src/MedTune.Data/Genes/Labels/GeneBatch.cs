using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>A column of the table of labels that says where, when or on what samples were measured.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">What it says of each sample; empty where it says nothing.</param>
public sealed record GeneBatch(string Name, ImmutableArray<string> Values);
