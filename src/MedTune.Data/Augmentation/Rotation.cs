using MedTune.Tensors;

namespace MedTune.Data.Augmentation;

/// <summary>Turns the picture about its centre.</summary>
/// <param name="name">The name in plans.</param>
/// <param name="degrees">The largest angle at full strength, either way.</param>
public sealed class Rotation(string name, double degrees) : PictureAugmentation
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Description => FormattableString.Invariant($"turned by up to {degrees} degrees either way");

    /// <inheritdoc/>
    public override bool ChangesSides => degrees > 90;

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        double angle = draw.Signed(FirstElement) * strength * degrees * (Math.PI / 180);
        (double sine, double cosine) = (DoubleMath.Sin(angle), DoubleMath.Cos(angle));
        PictureWarp.Linear(picture, cosine, -sine, sine, cosine, 0, 0);
    }
}
