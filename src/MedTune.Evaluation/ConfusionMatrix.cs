namespace MedTune.Evaluation;

/// <summary>What a threshold made of the rows of two classes: the four counts.</summary>
/// <param name="TruePositives">Positive rows called positive.</param>
/// <param name="FalsePositives">Negative rows called positive.</param>
/// <param name="TrueNegatives">Negative rows called negative.</param>
/// <param name="FalseNegatives">Positive rows called negative.</param>
public readonly record struct ConfusionMatrix(long TruePositives, long FalsePositives, long TrueNegatives, long FalseNegatives)
{
    /// <summary>Rows whose target is positive.</summary>
    public long Positives => TruePositives + FalseNegatives;

    /// <summary>Rows whose target is negative.</summary>
    public long Negatives => TrueNegatives + FalsePositives;

    /// <summary>Rows called positive.</summary>
    public long CalledPositive => TruePositives + FalsePositives;

    /// <summary>Rows called negative.</summary>
    public long CalledNegative => TrueNegatives + FalseNegatives;

    /// <summary>All rows.</summary>
    public long Total => Positives + Negatives;
}
