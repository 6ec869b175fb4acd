namespace MedTune.Training;

/// <summary>When <see cref="Lbfgs"/> stops, and how much of the past it keeps.</summary>
public sealed record LbfgsOptions
{
    /// <summary>Stops once the largest gradient entry is at most this. Default 1e-8.</summary>
    public double GradientTolerance { get; init; } = 1e-8;

    /// <summary>Stops after this many iterations at the latest. Default 500.</summary>
    public int MaximumIterations { get; init; } = 500;

    /// <summary>Pairs of steps and gradient changes kept. Default 10.</summary>
    public int Memory { get; init; } = 10;
}
