using MedTune.Tensors;

namespace MedTune.Data.Augmentation;

/// <summary>Makes colours stronger or paler; grey pictures stay as they are.</summary>
public sealed class Saturation : PictureAugmentation
{
    private const double LargestLogarithm = 0.7;

    /// <inheritdoc/>
    public override string Name => "saturation";

    /// <inheritdoc/>
    public override string Description => "colours up to twice as strong, or half";

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Channels != 3)
        {
            return;
        }

        double factor = DoubleMath.Exp(draw.Signed(FirstElement) * strength * LargestLogarithm);
        for (int i = 0; i < picture.Samples.Length; i += 3)
        {
            var pixel = picture.Samples.AsSpan(i, 3);
            double grey = (pixel[0] + (double)pixel[1] + pixel[2]) / 3;
            foreach (ref float sample in pixel)
            {
                sample = factor == 1 ? sample : TrainingPicture.Bounded(grey + ((sample - grey) * factor));
            }
        }
    }
}
