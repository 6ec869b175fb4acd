using MedTune.Data.Images;

namespace MedTune.Prediction;

/// <summary>Pictures as the model file takes them: 0 is black and 255 white, whatever the depth of the samples.</summary>
internal static class PicturePixels
{
    private const float White = 255;

    /// <summary>Writes a picture as it is, [height, width, channels].</summary>
    public static void Write(PixelImage picture, Span<float> pixels)
    {
        float factor = White / (picture.High - picture.Low);
        for (int i = 0; i < picture.Samples.Length; i++)
        {
            pixels[i] = (picture.Samples[i] - picture.Low) * factor;
        }
    }
}
