using System.Collections.Immutable;

namespace MedTune;

/// <summary>How a model would run: its steps in order, and the memory they share.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="SharedBytes">Bytes of the memory that computed values share.</param>
/// <param name="StoredBytes">Bytes of the stored tensors that the steps read.</param>
public sealed record ModelPlan(ImmutableArray<ModelPlanStep> Steps, long SharedBytes, long StoredBytes)
{
    /// <summary>Bytes of the optimizer's state where the plan is one of a training step; else 0.</summary>
    public long StateBytes { get; init; }

    /// <summary>Bytes of everything that is planned: computed values, stored tensors, inputs and the optimizer's state.</summary>
    public long TotalBytes { get; init; }

    /// <summary>Bytes of what is computed again in the backward pass of a training step instead of being kept for it.</summary>
    public long RecomputedBytes => Steps.Where(step => step.IsRecomputed).Sum(step => step.Bytes);

    /// <summary>Multiplications with an addition of all steps.</summary>
    public long MultiplyAdds => Steps.Sum(step => step.MultiplyAdds);

    /// <summary>Bytes that all steps would take if none shared memory.</summary>
    public long UnsharedBytes => Steps.Sum(step => step.Bytes);
}
