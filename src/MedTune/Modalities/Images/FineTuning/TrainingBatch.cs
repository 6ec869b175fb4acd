using System.Collections.Immutable;
using MedTune.Data.Augmentation;

namespace MedTune.Modalities.Images;

/// <summary>Pictures of one step, changed and resized.</summary>
/// <param name="Samples">Their numbers.</param>
/// <param name="Images">[picture, channels, height, width].</param>
/// <param name="Mixed">With whom each was mixed.</param>
internal sealed record TrainingBatch(int[] Samples, float[] Images, ImmutableArray<MixedPicture> Mixed)
{
    /// <summary>Where what a frozen part sees is kept: the numbers of those pictures that <see cref="Images"/> holds, because they are not kept yet.</summary>
    public int[] Prepared { get; init; } = [];

    /// <summary>There: which changed form of the pictures it is.</summary>
    public int Variant { get; init; }
}
