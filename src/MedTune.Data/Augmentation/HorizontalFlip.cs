namespace MedTune.Data.Augmentation;

/// <summary>Exchanges left and right in half of the cases.</summary>
public sealed class HorizontalFlip : PictureAugmentation
{
    /// <inheritdoc/>
    public override string Name => "flip-horizontal";

    /// <inheritdoc/>
    public override string Description => "left and right exchanged in half of the cases";

    /// <inheritdoc/>
    public override bool ChangesSides => true;

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (draw.Uniform(FirstElement) >= 0.5 * strength)
        {
            return;
        }

        for (int y = 0; y < picture.Height; y++)
        {
            var row = picture.Samples.AsSpan(y * picture.Width * picture.Channels, picture.Width * picture.Channels);
            row.Reverse();
            for (int x = 0; x < row.Length && picture.Channels == 3; x += 3)
            {
                (row[x], row[x + 2]) = (row[x + 2], row[x]);
            }
        }
    }
}
