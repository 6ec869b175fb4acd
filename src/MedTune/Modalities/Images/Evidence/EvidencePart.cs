using System.Collections.Immutable;

namespace MedTune.Modalities.Images;

/// <summary>Pictures with what the model says of them.</summary>
/// <param name="Name"><c>test</c>, or <c>oof</c> for out-of-fold answers.</param>
/// <param name="Samples">Their numbers in the set.</param>
/// <param name="Probabilities">[row, class or finding]; empty where they are not asked for.</param>
/// <param name="Features">What a network sees in them, by row; the first variant is the picture as it is. Null where that is not known.</param>
internal sealed record EvidencePart(string Name, ImmutableArray<int> Samples, double[] Probabilities, ImageFeatureSet? Features)
{
    /// <summary>The rows whose features are known, in the order of the features; null for all.</summary>
    public int[]? Seen { get; init; }

    /// <summary>The probabilities of a row.</summary>
    public ReadOnlySpan<double> Row(int row)
    {
        int classes = Probabilities.Length / Samples.Length;
        return Probabilities.AsSpan(row * classes, classes);
    }
}
