using System.Globalization;

namespace MedTune.KernelGenerator;

/// <summary>What distinguishes one set of convolution tiles from another.</summary>
/// <param name="Bits">Width of a register: 512, 256 or 128.</param>
/// <param name="Pixels">Most pixels of a forward tile.</param>
/// <param name="Channels">Most input channels of a weight-gradient tile.</param>
/// <param name="Blocks">Most blocks of 16 output channels in a tile.</param>
public sealed record ConvolutionTileSet(int Bits, int Pixels, int Channels, int Blocks)
{
    /// <summary>All sets. Sums, the registers of one tap and one broadcast value fill the 32 registers of 512 and 128 bits and the 16 of 256.</summary>
    public static IReadOnlyList<ConvolutionTileSet> All { get; } = [new(128, 6, 6, 1), new(256, 6, 6, 1), new(512, 14, 8, 2)];

    /// <summary>Floats in a register.</summary>
    public int Width => Bits / 32;

    /// <summary>Registers of a block of 16 channels.</summary>
    public int RegistersPerBlock => 16 / Width;

    /// <summary>The struct's name.</summary>
    public string Name => "ConvolutionTiles" + Bits.ToString(CultureInfo.InvariantCulture);

    /// <summary>The file it lives in.</summary>
    public string FileName => Name + ".g.cs";
}
