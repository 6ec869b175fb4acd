namespace MedTune.Data.Images;

/// <summary>A decoded picture: its samples as they are in the file, or as a display would show them.</summary>
/// <remarks>Samples are floats, so that 8-bit, 16-bit and signed values are exact. Rows run from the top, columns from the left; the channels of a pixel lie together
/// (one for grey, red-green-blue for colour).</remarks>
public sealed class PixelImage
{
    /// <summary>A picture over samples that are not copied.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 (grey) or 3 (red, green, blue).</param>
    /// <param name="samples">The samples, [height, width, channels].</param>
    /// <param name="low">The sample value of black.</param>
    /// <param name="high">The sample value of white (or of a full colour), above <paramref name="low"/>.</param>
    /// <exception cref="ArgumentException">The size and the number of samples disagree, or the range is empty.</exception>
    public PixelImage(int width, int height, int channels, float[] samples, float low, float high)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3))
        {
            throw new ArgumentException($"A picture has 1 or 3 channels, not {channels}.", nameof(channels));
        }

        if (samples.LongLength != (long)width * height * channels)
        {
            throw new ArgumentException($"A picture of {width} x {height} pixels and {channels} channels has not {samples.LongLength} samples.", nameof(samples));
        }

        if (!(low < high))
        {
            throw new ArgumentException($"The range of a picture's samples is empty: {low} to {high}.", nameof(high));
        }

        (Width, Height, Channels, Samples, Low, High) = (width, height, channels, samples, low, high);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 (grey) or 3 (red, green, blue).</summary>
    public int Channels { get; }

    /// <summary>The samples, [height, width, channels].</summary>
    public float[] Samples { get; }

    /// <summary>The sample value of black: 0 for ordinary pictures.</summary>
    public float Low { get; }

    /// <summary>The sample value of white: 255 for 8 bits, 65535 for 16.</summary>
    public float High { get; }
}
