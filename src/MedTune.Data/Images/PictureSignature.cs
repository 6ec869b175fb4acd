namespace MedTune.Data.Images;

/// <summary>Tells files of pictures by their first bytes; names and endings are not believed.</summary>
internal static class PictureSignature
{
    /// <summary>Bytes that are looked at.</summary>
    public const int Length = 352;

    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> Jp2Start => [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' '];

    private static ReadOnlySpan<byte> CodeStreamStart => [0xFF, 0x4F, 0xFF, 0x51];

    /// <summary>The kind of a file that starts so.</summary>
    /// <param name="start">The first <see cref="Length"/> bytes, or all where there are fewer.</param>
    public static PictureKind Of(ReadOnlySpan<byte> start)
    {
        // First, because what stands before this mark may be anything, a TIFF header included.
        if (start.Length >= 132 && start[128..132].SequenceEqual("DICM"u8))
        {
            return PictureKind.Dicom;
        }

        if (start.StartsWith(PngStart))
        {
            return PictureKind.Png;
        }

        if (start.StartsWith(JpegStart))
        {
            return PictureKind.Jpeg;
        }

        if (start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) || start.StartsWith("II+\0"u8) || start.StartsWith("MM\0+"u8))
        {
            return PictureKind.Tiff;
        }

        if (start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..12].SequenceEqual("WEBP"u8))
        {
            return PictureKind.WebP;
        }

        if (start.StartsWith(Jp2Start) || start.StartsWith(CodeStreamStart))
        {
            return PictureKind.Jpeg2000;
        }

        return NiftiHeaderReader.IsNifti(start) ? PictureKind.Nifti : Packed(start);
    }

    private static PictureKind Packed(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? PictureKind.Gzip
        : start.StartsWith("PK\u0003\u0004"u8) ? PictureKind.Zip
        : PictureKind.Unknown;
}
