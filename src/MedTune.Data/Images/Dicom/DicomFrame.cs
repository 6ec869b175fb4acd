using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>One frame as it is stored: before rescaling, windows, palettes and color transforms.</summary>
public sealed class DicomFrame
{
    internal DicomFrame(DicomPixelDescription description, int bits, int[] samples, DicomFrameColor color, ImmutableArray<string> findings)
    {
        (Description, Bits, Samples, Color, Findings) = (description, bits, samples, color, findings);
        IsUnsigned32 = description is { IsSigned: false, BitsStored: 32 };
    }

    /// <summary>How the file describes the pixels.</summary>
    public DicomPixelDescription Description { get; }

    /// <summary>Bits of a sample: those of the header, or more where a compressed frame has more.</summary>
    public int Bits { get; }

    /// <summary>Columns.</summary>
    public int Width => Description.Columns;

    /// <summary>Rows.</summary>
    public int Height => Description.Rows;

    /// <summary>Samples of a pixel: 1 or 3.</summary>
    public int Channels => Description.SamplesPerPixel;

    /// <summary>The stored values, [height, width, channels]; of a file with 32 unsigned bits the bit patterns (see <see cref="ValueAt"/>).
    /// Color differences that the file stores for pairs of pixels are repeated for both.</summary>
    public int[] Samples { get; }

    /// <summary>Whether <see cref="Samples"/> are the bit patterns of unsigned 32-bit values.</summary>
    public bool IsUnsigned32 { get; }

    /// <summary>Which colors three samples are, where the frame itself says so.</summary>
    public DicomFrameColor Color { get; }

    /// <summary>What was noticed in this frame: codes of <see cref="DicomFindingCodes"/>.</summary>
    public ImmutableArray<string> Findings { get; }

    /// <summary>A stored value.</summary>
    /// <param name="index">Its place in <see cref="Samples"/>.</param>
    public long ValueAt(int index) => IsUnsigned32 ? (uint)Samples[index] : Samples[index];
}
