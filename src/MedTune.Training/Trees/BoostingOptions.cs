namespace MedTune.Training;

/// <summary>How <see cref="GradientBoosting"/> adds trees.</summary>
public sealed record BoostingOptions
{
    /// <summary>Most rounds; each adds one tree, or one per class where there are several. Default 500.</summary>
    public int Rounds { get; init; } = 500;

    /// <summary>Stops after this many rounds without a better loss on held-out samples. Default 30.</summary>
    public int Patience { get; init; } = 30;

    /// <summary>What each tree's answers are multiplied with. Default 0.05.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Share of the samples each round learns from. Default 0.7.</summary>
    public double RowShare { get; init; } = 0.7;

    /// <summary>Share of the features each tree may ask. Default 0.7.</summary>
    public double FeatureShare { get; init; } = 0.7;

    /// <summary>Grouped parts that are held out in turn to find the number of rounds; 1 holds out a single fifth. Default 5.</summary>
    public int StoppingFolds { get; init; } = 5;

    /// <summary>Limits of a tree.</summary>
    public TreeOptions Tree { get; init; } = new();
}
