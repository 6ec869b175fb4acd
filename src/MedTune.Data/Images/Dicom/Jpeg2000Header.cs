using System.Buffers.Binary;

namespace MedTune.Data.Images;

/// <summary>What a JPEG 2000 codestream says of its picture (ITU-T T.800, A.5.1): read before a native library sees the bytes, so that absurd claims are refused first.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">Components; the first one's precision and sign stand for all.</param>
/// <param name="Precision">Bits of a sample, 1 to 38.</param>
/// <param name="IsSigned">Whether samples are signed.</param>
internal sealed record Jpeg2000Header(long Width, long Height, int Components, int Precision, bool IsSigned)
{
    private const int SizeSegment = 38; // length, capabilities, eight places and sizes, number of components

    /// <summary>Reads the header of a codestream, or of the codestream inside a JP2 file.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static Jpeg2000Header Read(ReadOnlySpan<byte> bytes, string where)
    {
        int start = bytes.IndexOf((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]);
        ReadOnlySpan<byte> segment = start < 0 ? [] : bytes[(start + 4)..];
        if (segment.Length < SizeSegment + 3)
        {
            throw JpegRefusals.Damaged(where, "it does not start as JPEG 2000 data do");
        }

        long right = BinaryPrimitives.ReadUInt32BigEndian(segment[4..]);
        long bottom = BinaryPrimitives.ReadUInt32BigEndian(segment[8..]);
        long left = BinaryPrimitives.ReadUInt32BigEndian(segment[12..]);
        long top = BinaryPrimitives.ReadUInt32BigEndian(segment[16..]);
        byte depth = segment[SizeSegment];
        return new Jpeg2000Header(right - left, bottom - top, BinaryPrimitives.ReadUInt16BigEndian(segment[(SizeSegment - 2)..]), (depth & 0x7F) + 1, depth >= 0x80);
    }

    /// <summary>Refuses a codestream of another size than its DICOM header describes.</summary>
    public void Check(DicomPixelDescription description, string where) => CompressedFrames.CheckSize(Width, Height, Components, description, where);

    /// <summary>The frame of samples that a library has moved up to whole bytes, as libvips does: 13 bits come as multiples of 8 in 16 bits.</summary>
    /// <param name="samples">The samples, [height, width, channels].</param>
    /// <param name="channels">Samples of a pixel.</param>
    /// <param name="bits">Bits of the library's samples: 8 or 16, at least <see cref="Precision"/>.</param>
    public DecodedFrame FrameOf(ReadOnlySpan<float> samples, int channels, int bits)
    {
        int shift = bits - Precision;
        var moved = new int[samples.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = (int)samples[i] >> shift;
        }

        return new DecodedFrame((int)Width, (int)Height, channels, Precision, IsSigned, moved) { IsSignTold = true };
    }
}
