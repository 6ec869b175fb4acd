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
    private const double Spare = 1.25;

    private const float White = ushort.MaxValue;

    /// <summary>Bytes in memory.</summary>
    public long Bytes => (long)Samples.Length * sizeof(ushort);

    /// <summary>Pixels that are kept along a side of which the network sees so many.</summary>
    public static int SmallestSide(int side) => (int)Math.Ceiling(Spare * side);

    /// <summary>Makes a picture smaller, by means over areas, until it has a quarter more pixels along a side than the network sees; its sides keep their ratio.</summary>
    /// <param name="picture">The decoded picture.</param>
    /// <param name="height">Rows that the network sees.</param>
    /// <param name="width">Columns that the network sees.</param>
    public static KeptPicture Of(PixelImage picture, int height, int width)
    {
        double factor = Math.Max(1, Math.Min(picture.Height / (Spare * height), picture.Width / (Spare * width)));
        (int rows, int columns, int channels) = ((int)Math.Round(picture.Height / factor), (int)Math.Round(picture.Width / factor), picture.Channels);
        float[] narrow = Means(picture.Samples, picture.Height, picture.Width, channels, columns);
        float[] small = Means(narrow, 1, picture.Height, columns * channels, rows);
        var samples = new ushort[small.Length];
        float scale = White / (picture.High - picture.Low);
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (ushort)Math.Clamp(((small[i] - picture.Low) * scale) + 0.5f, 0, White);
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

    /// <summary>Shortens the middle axis of [lines, length, width] to means over equal parts; elements at the ends of a part count by their share.</summary>
    private static float[] Means(float[] values, int lines, int length, int width, int parts)
    {
        if (parts == length)
        {
            return values;
        }

        var means = new float[(long)lines * parts * width];
        double step = (double)length / parts;
        for (int target = 0; target < lines * parts; target++)
        {
            (int line, int part) = (target / parts, target % parts);
            (double from, double to) = (part * step, (part + 1) * step);
            var mean = means.AsSpan(target * width, width);
            for (int element = (int)from; element < length && element < to; element++)
            {
                float share = (float)((Math.Min(to, element + 1) - Math.Max(from, element)) / step);
                var added = values.AsSpan(((line * length) + element) * width, width);
                for (int i = 0; i < width; i++)
                {
                    mean[i] += share * added[i];
                }
            }
        }

        return means;
    }
}
