using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>How a <see cref="NetworkTrainer"/> moves weights.</summary>
public sealed record NetworkTrainingOptions
{
    /// <summary>The optimizer and its constants. Default: SGD with momentum 0.9.</summary>
    public OptimizerOptions Optimizer { get; init; } = new SgdOptions();

    /// <summary>Weights that move otherwise than the rest. Default: none.</summary>
    public ImmutableArray<ParameterRate> Rates { get; init; } = [];

    /// <summary>Pull of every weight towards where it started, added to its gradient as weight decay is (L2-SP: Li, Grandvalet and Davoine, ICML 2018). Default 0.</summary>
    public float PullToStart { get; init; }

    /// <summary>The largest norm of all gradients together; longer ones are shortened to it. Default: not limited.</summary>
    public float LargestGradient { get; init; } = float.PositiveInfinity;

    /// <summary>The share of the averaged weights that stays at each step, from 0 (no averaging) to below 1; in the first steps it is smaller. Default 0.</summary>
    public float Averaging { get; init; }

    /// <summary>
    /// Whether a batch normalization whose scale or bias trains uses mean and variance of the batch and moves its running ones (default), or keeps those it has: better for
    /// few samples, small batches, and networks that are only to be adapted.
    /// </summary>
    public bool UsesBatchStatistics { get; init; } = true;
}
