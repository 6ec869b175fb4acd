namespace MedTune.Data.Augmentation;

/// <summary>Fills a rectangle with the mean of the picture (DeVries and Taylor, arXiv 1708.04552).</summary>
public sealed class CutOut : PictureAugmentation
{
    private const double LargestSide = 0.3;

    /// <inheritdoc/>
    public override string Name => "cut-out";

    /// <inheritdoc/>
    public override string Description => "a rectangle of up to three tenths of each side filled with the mean";

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        (int width, int height) = (Length(draw.Uniform(FirstElement), picture.Width), Length(draw.Uniform(FirstElement + 1), picture.Height));
        if (width == 0 || height == 0)
        {
            return;
        }

        (int left, int top) = (draw.Below(picture.Width - width + 1, FirstElement + 2), draw.Below(picture.Height - height + 1, FirstElement + 3));
        for (int channel = 0; channel < picture.Channels; channel++)
        {
            float mean = PictureBlocks.Mean(picture, channel);
            for (int i = 0; i < width * height; i++)
            {
                int pixel = ((top + (i / width)) * picture.Width) + left + (i % width);
                picture.Samples[(pixel * picture.Channels) + channel] = mean;
            }
        }

        int Length(double share, int side) => (int)(share * strength * LargestSide * side);
    }
}
