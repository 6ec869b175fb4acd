using MedTune.Tensors;

namespace MedTune.Data.Augmentation;

/// <summary>Shifts, scales and shears the picture a little.</summary>
public sealed class AffineShift : PictureAugmentation
{
    private const double LargestShift = 0.1; // of the side
    private const double LargestScale = 0.2;
    private const double LargestShear = 0.1;

    /// <inheritdoc/>
    public override string Name => "affine";

    /// <inheritdoc/>
    public override string Description => "shifted by up to a tenth, scaled by up to a fifth, and sheared";

    /// <inheritdoc/>
    public override void Apply(TrainingPicture picture, AugmentationDraw draw, double strength)
    {
        ArgumentNullException.ThrowIfNull(picture);
        double scale = DoubleMath.Exp(draw.Signed(FirstElement) * strength * LargestScale);
        (double shearX, double shearY) = (draw.Signed(FirstElement + 1) * strength * LargestShear, draw.Signed(FirstElement + 2) * strength * LargestShear);
        double shiftX = draw.Signed(FirstElement + 3) * strength * LargestShift * picture.Width;
        double shiftY = draw.Signed(FirstElement + 4) * strength * LargestShift * picture.Height;
        PictureWarp.Linear(picture, scale, shearX, shearY, scale, shiftX, shiftY);
    }
}
