namespace MedTune.Training;

/// <summary>The constants of <see cref="TensorAdamW"/> and <see cref="AdamW"/>.</summary>
public sealed record AdamWOptions : OptimizerOptions
{
    /// <summary>Decay of the running mean of gradients. Default 0.9.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>Decay of the running mean of squared gradients. Default 0.999.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the root, so that it never divides by zero. Default 1e-8.</summary>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>Decoupled weight decay per step, times the learning rate. Default 0.01.</summary>
    public float WeightDecay { get; init; } = 0.01f;

    internal override int Companions => 2;

    internal override TensorOptimizer Create(IReadOnlyList<int> lengths) => new TensorAdamW(lengths, this);
}
