namespace MedTune.Data.Augmentation;

/// <summary>Makes the whole picture lighter or darker.</summary>
public sealed class Brightness : PictureAugmentation
{
    private const double LargestChange = 0.3;

    /// <inheritdoc/>
    public override string Name => "brightness";

    /// <inheritdoc/>
    public override string Description => "lighter or darker by up to three tenths of the range";

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        double change = draw.Signed(FirstElement) * strength * LargestChange;
        foreach (ref float sample in picture.Samples.AsSpan())
        {
            sample = TrainingPicture.Bounded(sample + change);
        }
    }
}
