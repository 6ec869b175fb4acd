namespace MedTune.Data.Augmentation;

/// <summary>Turns a square picture by 0, 90, 180 or 270 degrees, with no pixel lost; other pictures by 0 or 180.</summary>
public sealed class QuarterTurn : PictureAugmentation
{
    /// <inheritdoc/>
    public override string Name => "quarter-turn";

    /// <inheritdoc/>
    public override string Description => "turned by a multiple of 90 degrees";

    /// <inheritdoc/>
    public override bool ChangesSides => true;

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (draw.Uniform(FirstElement) >= strength)
        {
            return;
        }

        bool isSquare = picture.Width == picture.Height;
        int step = isSquare ? 1 : 2;
        for (int turn = draw.Below(4 / step, FirstElement + 1); turn > 0; turn--)
        {
            Turn(picture, isHalf: !isSquare);
        }
    }

    private static void Turn(TrainingPicture picture, bool isHalf)
    {
        float[] old = [.. picture.Samples];
        (int width, int height, int channels) = (picture.Width, picture.Height, picture.Channels);
        for (int pixel = 0; pixel < width * height; pixel++)
        {
            (int x, int y) = (pixel % width, pixel / width);
            int from = isHalf ? (width * height) - 1 - pixel : ((height - 1 - x) * width) + y;
            old.AsSpan(from * channels, channels).CopyTo(picture.Samples.AsSpan(((y * width) + x) * channels, channels));
        }
    }
}
