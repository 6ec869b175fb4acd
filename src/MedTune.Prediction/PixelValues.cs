using MedTune.Data.Augmentation;
using MedTune.Data.Images;

namespace MedTune.Prediction;

/// <summary>Pictures as the model file takes them: 0 is black and 255 white, whatever the depth of the samples.</summary>
internal static class PixelValues
{
    private const float White = 255;

    /// <summary>A picture as it is, [height, width, channels].</summary>
    public static float[] Of(PixelImage picture) => Scaled(picture.Samples, picture.Low, White / (picture.High - picture.Low));

    /// <summary>A picture with a change made to it, [height, width, channels].</summary>
    public static float[] Changed(PixelImage picture, Action<TrainingPicture> change)
    {
        var changed = new TrainingPicture(
            picture.Width, picture.Height, picture.Channels, Scaled(picture.Samples, picture.Low, 1 / (picture.High - picture.Low)));
        change(changed);
        return Scaled(changed.Samples, 0, White);
    }

    private static float[] Scaled(float[] samples, float low, float factor)
    {
        var scaled = new float[samples.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (samples[i] - low) * factor;
        }

        return scaled;
    }
}
