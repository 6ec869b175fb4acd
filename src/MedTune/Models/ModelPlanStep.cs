namespace MedTune;

/// <summary>One step of running a model.</summary>
/// <param name="Operator">The operator's name.</param>
/// <param name="Output">The name of what it computes.</param>
/// <param name="Shape">Its extents, such as <c>1x64x56x56</c>.</param>
/// <param name="Bytes">Bytes of what it computes.</param>
/// <param name="MultiplyAdds">Multiplications with an addition of convolutions and matrix products, else 0.</param>
/// <param name="Offset">The byte of the shared memory where it starts; null where it has memory of its own.</param>
/// <param name="Fused">What the step does beside its operator before it stores a value, such as <c>bias, add, clamp</c>; empty for nothing.</param>
/// <param name="Overwritten">The input whose memory it takes over; null where it has a place of its own.</param>
public sealed record ModelPlanStep(string Operator, string Output, string Shape, long Bytes, long MultiplyAdds, long? Offset, string Fused, string? Overwritten)
{
    /// <summary>Whether the step computes again, in the backward pass, what the forward pass did not keep. Default false.</summary>
    public bool IsRecomputed { get; init; }
}
