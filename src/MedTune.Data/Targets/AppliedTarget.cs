using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>A target rule applied to a table.</summary>
/// <param name="Rule">The rule, after a stated positive class was taken into it.</param>
/// <param name="ClassOfRow">For every row of the table its class, or -1 where the target is not known.</param>
/// <param name="ClassNames">The classes; of two, the positive one is last.</param>
/// <param name="Findings">What was found and done.</param>
internal sealed record AppliedTarget(
    TargetRule Rule,
    int[] ClassOfRow,
    ImmutableArray<string> ClassNames,
    ImmutableArray<Finding> Findings);
