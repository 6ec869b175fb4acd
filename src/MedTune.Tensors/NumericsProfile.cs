namespace MedTune.Tensors;

/// <summary>The constants that decide how floating-point results are rounded. A run names their version; none depends on the machine.</summary>
/// <remarks>Changing any of them changes bits of results, so it needs a new <see cref="Version"/>.</remarks>
public static class NumericsProfile
{
    /// <summary>The version of this set of constants.</summary>
    public const int Version = 1;

    /// <summary>KC: a matrix product's output is one fused multiply-add chain from zero over this many terms, then one addition per such block.</summary>
    public const int DepthBlock = 384;

    /// <summary>A sum keeps this many running sums (element i goes to sum i modulo this), added pairwise at the end.</summary>
    public const int ReductionLanes = 64;

    /// <summary>Channels that lie side by side in the blocked layout of images; a convolution sums them before the next tap.</summary>
    public const int ChannelBlock = 16;

    /// <summary>Sums over the samples of a batch are cut into this many parts, whatever the number of threads.</summary>
    public const int Shards = 8;
}
