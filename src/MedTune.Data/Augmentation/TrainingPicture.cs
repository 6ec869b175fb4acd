namespace MedTune.Data.Augmentation;

/// <summary>A picture that augmentations change in place: samples from 0 (black) to 1, the channels of a pixel together.</summary>
public sealed class TrainingPicture
{
    /// <summary>A picture over samples that are not copied.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 (grey) or 3 (red, green, blue).</param>
    /// <param name="samples">[height, width, channels], 0 to 1.</param>
    /// <exception cref="ArgumentException">The size and the number of samples disagree.</exception>
    public TrainingPicture(int width, int height, int channels, float[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3) || samples.LongLength != (long)width * height * channels)
        {
            throw new ArgumentException($"A picture of {width} x {height} pixels and {channels} channels has not {samples.LongLength} samples.", nameof(samples));
        }

        (Width, Height, Channels, Samples) = (width, height, channels, samples);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 (grey) or 3 (red, green, blue).</summary>
    public int Channels { get; }

    /// <summary>The samples, [height, width, channels], 0 to 1.</summary>
    public float[] Samples { get; }

    /// <summary>Keeps a value within 0 and 1.</summary>
    internal static float Bounded(double value) => (float)Math.Min(1, Math.Max(0, value));
}
