namespace MedTune.Training;

/// <summary>How <see cref="RandomForest"/> grows its trees.</summary>
public sealed record ForestOptions
{
    /// <summary>Number of trees. Default 200.</summary>
    public int Trees { get; init; } = 200;

    /// <summary>The smallest number of (drawn) samples in a leaf. Default 3.</summary>
    public int LeafSamples { get; init; } = 3;

    /// <summary>Features tried at each split; 0, the default, for the square root of their number.</summary>
    public int SplitFeatures { get; init; }

    /// <summary>Most questions from the root to a leaf. Default 16.</summary>
    public int Depth { get; init; } = 16;

    /// <summary>Samples of the training mix that every leaf is given on top, so that no leaf is certain. Default 0.5.</summary>
    public double PriorSamples { get; init; } = 0.5;
}
