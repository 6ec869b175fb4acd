using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>What is measured of one picture, without keeping its pixels.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="IsGrey">Whether all channels are equal everywhere.</param>
/// <param name="Mean">Mean brightness, 0 (black) to 1.</param>
/// <param name="Deviation">Standard deviation of the brightness.</param>
/// <param name="Border">Mean brightness of twelve places along the border (a tenth of the sides deep): three a side, clockwise from the top left.</param>
/// <param name="BurntInMarks">The share of pixels near the border that are full white beside dark ones, as letters are.</param>
/// <param name="Digest">Digest of size and pixels: equal for equal pictures, whatever file they came from.</param>
public sealed record PictureMeasures(
    int Width,
    int Height,
    bool IsGrey,
    double Mean,
    double Deviation,
    ImmutableArray<double> Border,
    double BurntInMarks,
    string Digest)
{
    /// <summary>The sample value of white minus that of black: 255 for 8 bits, 65535 for 16.</summary>
    public double Range { get; init; } = 255;

    /// <summary>A grey thumbnail of 32 x 32 pixels.</summary>
    internal byte[] Thumbnail { get; init; } = [];

    /// <summary>The thumbnail's perceptual hash.</summary>
    internal ulong Hash { get; init; }
}
