namespace MedTune.Tensors;

/// <summary>What a random number is for. Two purposes never share numbers, even under one seed.</summary>
public static class RandomPurpose
{
    /// <summary>Which rows go to which fold or part.</summary>
    public const uint Split = 1;

    /// <summary>A network's first weights.</summary>
    public const uint Initialization = 2;

    /// <summary>The order of samples in an epoch.</summary>
    public const uint Shuffling = 3;

    /// <summary>Which activations a dropout layer zeroes.</summary>
    public const uint Dropout = 4;

    /// <summary>Random changes of a training sample.</summary>
    public const uint Augmentation = 5;

    /// <summary>Which rows a bootstrap sample draws.</summary>
    public const uint Bootstrap = 6;

    /// <summary>Which settings a search tries.</summary>
    public const uint Search = 7;

    /// <summary>Which training rows are held back to decide when to stop.</summary>
    public const uint EarlyStopping = 8;

    /// <summary>Which features a tree or a split may ask.</summary>
    public const uint FeatureSampling = 9;

    /// <summary>What the drawing operators of a model draw.</summary>
    public const uint Drawing = 10;

    /// <summary>Which samples are looked at for evidence that would take too long over all of them.</summary>
    public const uint Evidence = 16;
}
