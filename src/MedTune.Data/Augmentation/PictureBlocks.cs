namespace MedTune.Data.Augmentation;

/// <summary>Means over parts of a picture.</summary>
internal static class PictureBlocks
{
    /// <summary>Sets every square of pixels to its mean, channel by channel; squares at the right and lower border may be smaller.</summary>
    public static void Average(TrainingPicture picture, int side)
    {
        for (int top = 0; top < picture.Height; top += side)
        {
            for (int left = 0; left < picture.Width; left += side)
            {
                for (int channel = 0; channel < picture.Channels; channel++)
                {
                    AverageSquare(picture, left, top, Math.Min(left + side, picture.Width), Math.Min(top + side, picture.Height), channel);
                }
            }
        }
    }

    /// <summary>The mean of a channel.</summary>
    public static float Mean(TrainingPicture picture, int channel)
    {
        double sum = 0;
        for (int i = channel; i < picture.Samples.Length; i += picture.Channels)
        {
            sum += picture.Samples[i];
        }

        return (float)(sum / (picture.Samples.Length / picture.Channels));
    }

    private static void AverageSquare(TrainingPicture picture, int left, int top, int right, int bottom, int channel)
    {
        double sum = 0;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                sum += picture.Samples[(((y * picture.Width) + x) * picture.Channels) + channel];
            }
        }

        float mean = (float)(sum / ((right - left) * (bottom - top)));
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                picture.Samples[(((y * picture.Width) + x) * picture.Channels) + channel] = mean;
            }
        }
    }
}
