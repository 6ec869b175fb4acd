namespace MedTune.Data.Augmentation;

/// <summary>Exchanges up and down in half of the cases.</summary>
public sealed class VerticalFlip : PictureAugmentation
{
    /// <inheritdoc/>
    public override string Name => "flip-vertical";

    /// <inheritdoc/>
    public override string Description => "up and down exchanged in half of the cases";

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

        int length = picture.Width * picture.Channels;
        float[] kept = new float[length];
        for (int y = 0; y < picture.Height / 2; y++)
        {
            var upper = picture.Samples.AsSpan(y * length, length);
            var lower = picture.Samples.AsSpan((picture.Height - 1 - y) * length, length);
            upper.CopyTo(kept);
            lower.CopyTo(upper);
            kept.CopyTo(lower);
        }
    }
}
