namespace MedTune.Data.Images;

/// <summary>What a <see cref="IFrameDecoder"/> gives: the samples of one frame as the compressed form holds them.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Samples of a pixel.</param>
/// <param name="Precision">Bits of a sample, 1 to 32.</param>
/// <param name="IsSigned">Whether the samples are signed.</param>
/// <param name="Samples">The samples, [height, width, channels], sign-extended where they are signed. JPEG's color differences stay color differences, brought to the
/// full size; JPEG 2000's component transform is undone.</param>
public sealed record DecodedFrame(int Width, int Height, int Channels, int Precision, bool IsSigned, int[] Samples)
{
    /// <summary>Which colors three samples are, where the compressed form says so.</summary>
    public DicomFrameColor Color { get; init; }

    /// <summary>Whether the compressed form itself says that samples are signed or unsigned, as JPEG 2000 does and JPEG does not.</summary>
    public bool IsSignTold { get; init; }
}
