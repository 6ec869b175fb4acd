using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>One part of a MedMNIST file: pictures of one size, and the labels of each.</summary>
/// <param name="Name"><c>train</c>, <c>val</c> or <c>test</c>.</param>
/// <param name="Count">Pictures.</param>
/// <param name="Width">Columns of every picture.</param>
/// <param name="Height">Rows of every picture.</param>
/// <param name="Channels">1 (grey) or 3 (red, green, blue).</param>
/// <param name="Pixels">[picture, height, width, channels], 0 to 255.</param>
/// <param name="Labels">[picture, label]: the number of the class, or 0 and 1 for each of several findings.</param>
/// <param name="LabelsEach">Labels of a picture: 1 where it is of one class.</param>
internal sealed record MedMnistPart(string Name, int Count, int Width, int Height, int Channels, byte[] Pixels, ImmutableArray<int> Labels, int LabelsEach)
{
    /// <summary>A picture as floats.</summary>
    /// <param name="index">From 0.</param>
    public PixelImage Picture(int index)
    {
        int length = Width * Height * Channels;
        float[] samples = new float[length];
        for (int i = 0; i < length; i++)
        {
            samples[i] = Pixels[((long)index * length) + i];
        }

        return new PixelImage(Width, Height, Channels, samples, 0, 255);
    }
}
