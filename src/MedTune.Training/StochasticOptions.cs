namespace MedTune.Training;

/// <summary>How <see cref="StochasticTrainer"/> walks through the samples.</summary>
public sealed record StochasticOptions
{
    /// <summary>Samples per step. Default 64; never more than there are.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Most epochs. Default 60.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Stops after this many epochs without a better loss on the early-stopping rows. Default 12.</summary>
    public int Patience { get; init; } = 12;

    /// <summary>Peak of the learning rate. Default 0.003.</summary>
    public double LearningRate { get; init; } = 0.003;

    /// <summary>Share of all steps in which the rate rises. Default 0.05.</summary>
    public double WarmupShare { get; init; } = 0.05;

    /// <summary>Weight of the past in the exponential moving average of the weights, per step. Default 0.98.</summary>
    public double AverageDecay { get; init; } = 0.98;

    /// <summary>The optimizer's constants.</summary>
    public AdamWOptions Optimizer { get; init; } = new() { WeightDecay = 0.05f };
}
