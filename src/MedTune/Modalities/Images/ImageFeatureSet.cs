namespace MedTune.Modalities.Images;

/// <summary>What a network sees in pictures.</summary>
/// <param name="Samples">Number of pictures.</param>
/// <param name="Variants">Rows for each picture: first the picture as it is, then changed ones.</param>
/// <param name="Width">Number of features.</param>
/// <param name="Values">[sample, variant, feature].</param>
internal sealed record ImageFeatureSet(int Samples, int Variants, int Width, float[] Values)
{
    /// <summary>The features of one variant of one picture.</summary>
    public Span<float> Row(int sample, int variant = 0) => Values.AsSpan(((sample * Variants) + variant) * Width, Width);

    /// <summary>The features of some pictures.</summary>
    public ImageFeatureSet Take(ReadOnlySpan<int> samples)
    {
        int length = Variants * Width;
        var taken = new float[samples.Length * length];
        for (int i = 0; i < samples.Length; i++)
        {
            Values.AsSpan(samples[i] * length, length).CopyTo(taken.AsSpan(i * length));
        }

        return new ImageFeatureSet(samples.Length, Variants, Width, taken);
    }
}
