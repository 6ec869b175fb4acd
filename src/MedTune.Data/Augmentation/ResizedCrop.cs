namespace MedTune.Data.Augmentation;

/// <summary>Takes a part of the picture and makes it as large as the whole.</summary>
public sealed class ResizedCrop : PictureAugmentation
{
    private const double LargestCut = 0.3; // of a side

    /// <inheritdoc/>
    public override string Name => "crop";

    /// <inheritdoc/>
    public override string Description => "a part of at least 70 % of each side, made as large as the whole";

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        double side = 1 - (draw.Uniform(FirstElement) * strength * LargestCut);
        double shiftX = draw.Signed(FirstElement + 1) * (1 - side) * picture.Width / 2;
        double shiftY = draw.Signed(FirstElement + 2) * (1 - side) * picture.Height / 2;
        PictureWarp.Linear(picture, side, 0, 0, side, shiftX, shiftY);
    }
}
