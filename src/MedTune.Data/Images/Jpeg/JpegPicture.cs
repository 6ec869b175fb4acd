namespace MedTune.Data.Images;

/// <summary>A decoded JPEG picture, its colors as they are stored.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">1 or 3.</param>
/// <param name="Precision">Bits of a sample.</param>
/// <param name="Samples">The samples, [height, width, components].</param>
/// <param name="ToldColor">Which colors three components are, where Adobe's marker says so.</param>
/// <param name="IsUsuallyYbr">Whether three components are brightness and color differences by the rules for JPEG files: what Adobe's or JFIF's marker says, else the components' numbers.</param>
internal sealed record JpegPicture(int Width, int Height, int Components, int Precision, int[] Samples, DicomFrameColor ToldColor, bool IsUsuallyYbr)
{
    /// <summary>The picture for the eye: grey, or red, green and blue in whole numbers.</summary>
    public PixelImage ToPixelImage()
    {
        var samples = new float[Samples.Length];
        int highest = (1 << Precision) - 1;
        if (Components == 3 && IsUsuallyYbr)
        {
            ToRgb(samples, highest);
        }
        else
        {
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = Samples[i];
            }
        }

        return new PixelImage(Width, Height, Components, samples, 0, highest);
    }

    // JFIF's formulas in 16-bit fractions, each product rounded by itself, as the IJG library has them.
    private void ToRgb(float[] samples, int highest)
    {
        const int Half = 1 << 15;
        int middle = (highest + 1) / 2;
        for (int i = 0; i < samples.Length; i += 3)
        {
            long y = Samples[i];
            long blue = Samples[i + 1] - middle;
            long red = Samples[i + 2] - middle;
            samples[i] = Math.Clamp(y + (((91881 * red) + Half) >> 16), 0, highest);
            samples[i + 1] = Math.Clamp(y + (((-22554 * blue) - (46802 * red) + Half) >> 16), 0, highest);
            samples[i + 2] = Math.Clamp(y + (((116130 * blue) + Half) >> 16), 0, highest);
        }
    }
}
