using System.Collections.Immutable;

namespace MedTune.Training;

/// <summary>How large a tree may grow, and what a split must bring.</summary>
public sealed record TreeOptions
{
    /// <summary>Most questions from the root to a leaf. Default 3.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>Most leaves; the most useful leaf is split first. Default 31.</summary>
    public int Leaves { get; init; } = 31;

    /// <summary>The smallest sum of second derivatives on either side of a split (for a forest: the smallest number of samples). Default 1.</summary>
    public double ChildWeight { get; init; } = 1;

    /// <summary>Ridge penalty on the values of leaves. Default 1.</summary>
    public double Ridge { get; init; } = 1;

    /// <summary>The smallest gain of a split. Default 1e-6, so that rounding alone never splits.</summary>
    public double Gain { get; init; } = 1e-6;

    /// <summary>Share of the features that are tried at each split, drawn anew each time. Default 1: all.</summary>
    public double FeatureShare { get; init; } = 1;

    /// <summary>Per feature: 1 where the answer may only rise with it, -1 where it may only fall, 0 else. Empty (the default) for none.</summary>
    public ImmutableArray<int> Monotone { get; init; } = [];

    /// <summary>Added to a level's weight when levels are sorted, so that rare levels stand in the middle. Default 10.</summary>
    public double LevelSmoothing { get; init; } = 10;

    /// <summary>Additional ridge penalty on splits by a set of levels of a category with more than four. Default 5.</summary>
    public double LevelRidge { get; init; } = 5;

    /// <summary>Most levels in a set. Default 32.</summary>
    public int SetSize { get; init; } = 32;
}
