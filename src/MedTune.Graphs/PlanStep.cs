using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>One step of a compiled plan: a node that runs.</summary>
/// <param name="Operator">The operator's name, such as <c>Conv</c>.</param>
/// <param name="Output">The name of its first output.</param>
/// <param name="Shape">The concrete shape of that output.</param>
/// <param name="Bytes">Bytes of all its outputs.</param>
/// <param name="MultiplyAdds">Multiplications with an addition of convolutions and matrix products; 0 for operators that only pass over memory.</param>
/// <param name="Offset">The byte of the arena where the first output starts; null where it has memory of its own.</param>
/// <param name="Overwritten">The input whose memory the first output takes over; null where it has a place of its own.</param>
public sealed record PlanStep(string Operator, string Output, Shape Shape, long Bytes, long MultiplyAdds, long? Offset, string? Overwritten)
{
    /// <summary>What the step does beside its operator before it stores a value, such as <c>bias, add, clamp</c>; empty by default.</summary>
    public string Fused { get; init; } = string.Empty;

    /// <summary>Whether the step computes again, in the backward pass, what the forward pass did not keep. Default false.</summary>
    public bool IsRecomputed { get; init; }
}
