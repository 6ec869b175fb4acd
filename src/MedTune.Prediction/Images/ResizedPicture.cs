namespace MedTune.Prediction;

/// <summary>A picture at the network's size, 0 (black) to 255.</summary>
/// <param name="Channels">1 (grey) or 3.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Samples">[channels, height, width].</param>
internal sealed record ResizedPicture(int Channels, int Height, int Width, float[] Samples)
{
    /// <summary>The mean over all pixels and channels.</summary>
    public float Mean
    {
        get
        {
            double sum = 0;
            foreach (float sample in Samples)
            {
                sum += sample;
            }

            return (float)(sum / Samples.Length);
        }
    }

    /// <summary>The picture with a rectangle painted over.</summary>
    public ResizedPicture Covered(int left, int top, int right, int bottom, float grey)
    {
        float[] covered = [.. Samples];
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int y = top; y < bottom; y++)
            {
                covered.AsSpan((((channel * Height) + y) * Width) + left, right - left).Fill(grey);
            }
        }

        return this with { Samples = covered };
    }
}
