namespace MedTune.Data.Images;

/// <summary>Samples as a decoder gives them: any number of channels, perhaps with transparency.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Channels of a pixel, transparency counted.</param>
/// <param name="HasAlpha">Whether the last channel is transparency.</param>
/// <param name="IsSigned">Whether samples may be below zero.</param>
/// <param name="Bits">8 or 16.</param>
/// <param name="Pages">Pages of the file; a picture has one.</param>
/// <param name="Samples">[height, width, channels].</param>
internal sealed record RawPicture(int Width, int Height, int Channels, bool HasAlpha, bool IsSigned, int Bits, int Pages, float[] Samples)
{
    /// <summary>The picture without transparency: what is see-through lies on black.</summary>
    public PixelImage ToImage(string where)
    {
        if (Pages > 1)
        {
            throw new DataException($"{where}: holds {Pages} pages or sizes, and a picture is one: save the one that counts as a file of its own.");
        }

        if (IsSigned)
        {
            throw new DataException($"{where}: has samples below zero and does not say which is black: save it with unsigned numbers, or as DICOM.");
        }

        float high = Bits == 8 ? 255f : 65535f;
        if (!HasAlpha)
        {
            return new PixelImage(Width, Height, Channels, Samples, 0, high);
        }

        int kept = Channels - 1;
        float[] opaque = new float[(long)Width * Height * kept];
        for (int pixel = 0; pixel < Width * Height; pixel++)
        {
            float alpha = Samples[(pixel * Channels) + kept];
            for (int channel = 0; channel < kept; channel++)
            {
                float sample = Samples[(pixel * Channels) + channel];
                opaque[(pixel * kept) + channel] = alpha == high ? sample : sample * (alpha / high);
            }
        }

        return new PixelImage(Width, Height, kept, opaque, 0, high);
    }
}
