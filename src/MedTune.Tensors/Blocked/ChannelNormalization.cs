namespace MedTune.Tensors;

/// <summary>
/// A normalization with the bounds behind it as its readers compute it: clamp(x · scale + shift, minimum, maximum). What is read so need not be stored. On the way back
/// it tells where the bounds held, computed again from x as the way forward computed it: a gradient counts where minimum &lt; x · scale + shift &lt; maximum.
/// </summary>
public readonly ref struct ChannelNormalization
{
    /// <summary>The factor of every channel, filled up to whole blocks; empty for no normalization.</summary>
    public ReadOnlySpan<float> Scale { get; init; }

    /// <summary>The constant of every channel, filled up to whole blocks.</summary>
    public ReadOnlySpan<float> Shift { get; init; }

    /// <summary>Lower bound; 0 for a ReLU.</summary>
    public float Minimum { get; init; }

    /// <summary>Upper bound, or infinity.</summary>
    public float Maximum { get; init; }

    /// <summary>Refuses lengths that fit neither no normalization nor one of so many channels.</summary>
    internal void Require(int channels)
    {
        if (!Scale.IsEmpty && (Scale.Length != channels || Shift.Length != channels))
        {
            throw new ArgumentException($"A normalization of {Scale.Length} scales and {Shift.Length} shifts was given; the images have {channels} channels in whole blocks.");
        }
    }
}
