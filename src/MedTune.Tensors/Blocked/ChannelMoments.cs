namespace MedTune.Tensors;

/// <summary>Where a convolution leaves mean and variance (over samples and pixels, divided by their number) of every channel it writes.</summary>
public readonly ref struct ChannelMoments
{
    /// <summary>One per channel, filled up to whole blocks; empty where no moments are asked for.</summary>
    public Span<float> Mean { get; init; }

    /// <summary>Likewise.</summary>
    public Span<float> Variance { get; init; }

    /// <summary>Memory to work with: as many as the convolution says.</summary>
    public Span<double> Parts { get; init; }

    /// <summary>Refuses lengths that fit neither no moments nor those of so many channels.</summary>
    internal void Require(int channels, int parts)
    {
        if (!Mean.IsEmpty && (Mean.Length != channels || Variance.Length != channels || Parts.Length < parts))
        {
            throw new ArgumentException($"Room for {Mean.Length} means, {Variance.Length} variances and {Parts.Length} parts was given; {channels}, {channels} and {parts} are needed.");
        }
    }
}
