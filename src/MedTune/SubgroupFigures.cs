using System.Collections.Immutable;
using MedTune.Evaluation;

namespace MedTune;

/// <summary>The figures of one part of the data by the groups of one column.</summary>
/// <param name="Column">The column, or <c>site</c>.</param>
/// <param name="Groups">The groups that have samples; small ones say so and nothing else.</param>
public sealed record SubgroupFigures(string Column, ImmutableArray<SubgroupResult> Groups);
