using MedTune.Data.Augmentation;
using MedTune.Data.Images;

namespace MedTune.Modalities.Images;

/// <summary>A picture as it waits to be changed and trained on: not much larger than the network sees it, with 16 bits a sample.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Samples">[height, width, channels], from 0 (black) to 65535.</param>
internal sealed record KeptPicture(int Width, int Height, int Channels, ushort[] Samples)
{
    // Turned and shifted pictures lose some sharpness, so they are changed at a greater size than they are seen at.
    private const double Spare = 1.5;

    private const float White = ushort.MaxValue;

    /// <summary>Bytes in memory.</summary>
    public long Bytes => (long)Samples.Length * sizeof(ushort);

    /// <summary>Makes a picture smaller by the largest whole number that leaves half as many pixels again as the network sees along both sides.</summary>
    /// <param name="picture">The decoded picture.</param>
    /// <param name="height">Rows that the network sees.</param>
    /// <param name="width">Columns that the network sees.</param>
    public static KeptPicture Of(PixelImage picture, int height, int width)
    {
        int factor = Math.Max(1, (int)Math.Min(picture.Height / (Spare * height), picture.Width / (Spare * width)));
        (int rows, int columns, int channels) = (picture.Height / factor, picture.Width / factor, picture.Channels);
        var samples = new ushort[rows * columns * channels];
        float scale = White / ((picture.High - picture.Low) * factor * factor);
        float low = picture.Low * factor * factor;
        for (int y = 0; y < rows; y++)
        {
            for (int i = 0; i < columns * channels; i++)
            {
                float sum = Sum(picture, y * factor, (i / channels * factor * channels) + (i % channels), factor);
                samples[(y * columns * channels) + i] = (ushort)Math.Clamp(((sum - low) * scale) + 0.5f, 0, White);
            }
        }

        return new KeptPicture(columns, rows, channels, samples);
    }

    /// <summary>The picture to be changed.</summary>
    public TrainingPicture ToTraining()
    {
        var samples = new float[Samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = Samples[i] * (1 / White);
        }

        return new TrainingPicture(Width, Height, Channels, samples);
    }

    private static float Sum(PixelImage picture, int row, int start, int factor)
    {
        float sum = 0;
        for (int y = row; y < row + factor; y++)
        {
            int at = (y * picture.Width * picture.Channels) + start;
            for (int x = 0; x < factor; x++)
            {
                sum += picture.Samples[at + (x * picture.Channels)];
            }
        }

        return sum;
    }
}
