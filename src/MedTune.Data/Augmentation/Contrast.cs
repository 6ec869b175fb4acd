using MedTune.Tensors;

namespace MedTune.Data.Augmentation;

/// <summary>Stretches or flattens the differences from the mean.</summary>
public sealed class Contrast : PictureAugmentation
{
    private const double LargestLogarithm = 0.7;

    /// <inheritdoc/>
    public override string Name => "contrast";

    /// <inheritdoc/>
    public override string Description => "differences from the mean up to doubled or halved";

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        By(picture, DoubleMath.Exp(draw.Signed(FirstElement) * strength * LargestLogarithm));
    }

    /// <summary>Multiplies the differences from the mean.</summary>
    internal static void By(TrainingPicture picture, double factor)
    {
        double mean = 0;
        foreach (float sample in picture.Samples)
        {
            mean += sample;
        }

        mean /= picture.Samples.Length;
        foreach (ref float sample in picture.Samples.AsSpan())
        {
            sample = factor == 1 ? sample : TrainingPicture.Bounded(mean + ((sample - mean) * factor));
        }
    }
}
