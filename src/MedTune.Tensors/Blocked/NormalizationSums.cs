namespace MedTune.Tensors;

/// <summary>What the sums of a normalization's way back give: gradients by its scales and shifts.</summary>
public readonly ref struct NormalizationSums
{
    /// <summary>The channels' scales, filled up to whole blocks.</summary>
    public ReadOnlySpan<float> Scale { get; init; }

    /// <summary>Whether mean and variance are the batch's own, so that the images move them too.</summary>
    public bool IsBatch { get; init; }

    /// <summary>One per channel, filled up to whole blocks.</summary>
    public Span<float> ScaleGradient { get; init; }

    /// <summary>Likewise.</summary>
    public Span<float> ShiftGradient { get; init; }

    internal void Require(int channels)
    {
        if (Scale.Length != channels || ScaleGradient.Length != channels || ShiftGradient.Length != channels)
        {
            throw new ArgumentException($"{Scale.Length} scales and room for {ScaleGradient.Length} and {ShiftGradient.Length} gradients were given; {channels} each fit.");
        }
    }
}
