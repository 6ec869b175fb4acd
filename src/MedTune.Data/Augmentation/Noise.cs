namespace MedTune.Data.Augmentation;

/// <summary>Adds noise from a normal distribution to every sample.</summary>
public sealed class Noise : PictureAugmentation
{
    private const double LargestDeviation = 0.1;

    /// <inheritdoc/>
    public override string Name => "noise";

    /// <inheritdoc/>
    public override string Description => "noise with a standard deviation of up to a tenth of the range";

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Add(picture, draw, draw.Uniform(FirstElement) * strength * LargestDeviation);
    }

    /// <summary>Adds noise of a standard deviation, as a share of the range.</summary>
    internal static void Add(TrainingPicture picture, AugmentationDraw draw, double deviation)
    {
        for (int i = 0; i < picture.Samples.Length && deviation > 0; i++)
        {
            picture.Samples[i] = TrainingPicture.Bounded(picture.Samples[i] + (deviation * draw.Normal(i)));
        }
    }
}
