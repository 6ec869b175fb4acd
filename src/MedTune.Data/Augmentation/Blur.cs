namespace MedTune.Data.Augmentation;

/// <summary>Blurs the picture.</summary>
public sealed class Blur : PictureAugmentation
{
    private const double LargestDeviation = 0.01; // of the shorter side

    /// <inheritdoc/>
    public override string Name => "blur";

    /// <inheritdoc/>
    public override string Description => "blurred by up to a hundredth of the shorter side";

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        By(picture, draw.Uniform(FirstElement) * strength * LargestDeviation);
    }

    /// <summary>Blurs by a standard deviation, as a share of the shorter side.</summary>
    internal static void By(TrainingPicture picture, double share) =>
        GaussianKernel.Blur(picture.Samples, picture.Width, picture.Height, picture.Channels, share * Math.Min(picture.Width, picture.Height));
}
