namespace MedTune.Data.Augmentation;

/// <summary>Loses detail as a coarser detector does: every block of pixels becomes its mean.</summary>
public sealed class ResolutionLoss : PictureAugmentation
{
    private const int LargestFactor = 4;

    /// <inheritdoc/>
    public override string Name => "resolution";

    /// <inheritdoc/>
    public override string Description => "detail of up to a fourth of the resolution";

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        int factor = 1 + (int)(draw.Uniform(FirstElement) * strength * LargestFactor);
        if (factor > 1)
        {
            PictureBlocks.Average(picture, factor);
        }
    }
}
