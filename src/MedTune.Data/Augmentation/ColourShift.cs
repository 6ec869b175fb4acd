namespace MedTune.Data.Augmentation;

/// <summary>Shifts each colour by itself, as stains and lamps differ; grey pictures stay as they are.</summary>
public sealed class ColourShift : PictureAugmentation
{
    private const double LargestChange = 0.1;

    /// <inheritdoc/>
    public override string Name => "colour";

    /// <inheritdoc/>
    public override string Description => "each colour lighter or darker by up to a tenth of the range";

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        for (int channel = 0; channel < picture.Channels && picture.Channels == 3; channel++)
        {
            double change = draw.Signed(FirstElement + channel) * strength * LargestChange;
            for (int i = channel; i < picture.Samples.Length; i += 3)
            {
                picture.Samples[i] = TrainingPicture.Bounded(picture.Samples[i] + change);
            }
        }
    }
}
