using MedTune.Tensors;

namespace MedTune.Data.Augmentation;

/// <summary>Lightens or darkens the middle tones and leaves black and white.</summary>
public sealed class Gamma : PictureAugmentation
{
    private const double LargestLogarithm = 0.7;

    /// <inheritdoc/>
    public override string Name => "gamma";

    /// <inheritdoc/>
    public override string Description => "middle tones lighter or darker (gamma from a half to two)";

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        double power = DoubleMath.Exp(draw.Signed(FirstElement) * strength * LargestLogarithm);
        foreach (ref float sample in picture.Samples.AsSpan())
        {
            sample = power == 1 || sample <= 0 ? sample : TrainingPicture.Bounded(DoubleMath.Exp(power * DoubleMath.Log(sample)));
        }
    }
}
