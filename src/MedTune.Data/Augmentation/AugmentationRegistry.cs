using System.Collections.Immutable;

namespace MedTune.Data.Augmentation;

/// <summary>Every change that there is, by name.</summary>
public static class AugmentationRegistry
{
    /// <summary>All changes, in the order of the documentation.</summary>
    public static ImmutableArray<PictureAugmentation> All { get; } =
    [
        new HorizontalFlip(), new VerticalFlip(), new QuarterTurn(), new Rotation("rotation-small", 10), new Rotation("rotation", 30), new Rotation("rotation-full", 180),
        new AffineShift(), new ElasticDeformation(), new ResizedCrop(), new Brightness(), new Contrast(), new Gamma(), new Saturation(), new ColourShift(),
        new Noise(), new Blur(), new JpegLoss(), new ResolutionLoss(), new CutOut(),
    ];

    /// <summary>The change of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those that there are.</exception>
    public static PictureAugmentation Of(string name) => All.FirstOrDefault(augmentation => augmentation.Name == name)
        ?? throw new ArgumentException($"There is no augmentation '{name}'; there are {string.Join(", ", All.Select(augmentation => augmentation.Name))}.", nameof(name));
}
