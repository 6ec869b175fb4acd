namespace MedTune.Training;

/// <summary>The constants of <see cref="Sgd"/>.</summary>
public sealed record SgdOptions : OptimizerOptions
{
    /// <summary>Share of the last step's velocity that stays, from 0 (plain descent) to below 1. Default 0.9.</summary>
    public float Momentum { get; init; } = 0.9f;

    /// <summary>Whether the step looks one momentum ahead (Nesterov's form). Default false.</summary>
    public bool IsNesterov { get; init; }

    /// <summary>Pull of every weight towards 0: this times the weight is added to its gradient. Default 0.</summary>
    public float WeightDecay { get; init; }

    internal override int Companions => Momentum == 0 ? 0 : 1;

    internal override TensorOptimizer Create(IReadOnlyList<int> lengths) => new Sgd(lengths, this);
}
