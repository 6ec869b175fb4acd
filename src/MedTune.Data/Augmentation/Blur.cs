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
        double deviation = draw.Uniform(FirstElement) * strength * LargestDeviation * Math.Min(picture.Width, picture.Height);
        GaussianKernel.Blur(picture.Samples, picture.Width, picture.Height, picture.Channels, deviation);
    }
}
