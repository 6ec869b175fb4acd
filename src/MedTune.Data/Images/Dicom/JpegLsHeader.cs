namespace MedTune.Data.Images;

/// <summary>What a JPEG-LS picture says of itself (ITU-T T.87, C.2.2): read before a native library sees the bytes, so that absurd claims are refused first.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">Samples of a pixel.</param>
/// <param name="Precision">Bits of a sample, 2 to 16.</param>
internal sealed record JpegLsHeader(int Width, int Height, int Components, int Precision)
{
    private const byte FrameHeader = 0xF7;

    /// <summary>Walks over the markers to the frame header.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static JpegLsHeader Read(ReadOnlySpan<byte> bytes, string where)
    {
        int at = bytes is [0xFF, 0xD8, ..] ? 2 : bytes.Length;
        while (at + 4 <= bytes.Length && bytes[at] == 0xFF)
        {
            byte marker = bytes[at + 1];
            int length = (bytes[at + 2] << 8) | bytes[at + 3];
            ReadOnlySpan<byte> segment = bytes[(at + 4)..];
            if (marker == FrameHeader && segment.Length >= 6)
            {
                return new JpegLsHeader((segment[3] << 8) | segment[4], (segment[1] << 8) | segment[2], segment[5], segment[0]);
            }

            at = marker == 0xFF ? at + 1 : at + 2 + Math.Max(length, 2);
        }

        throw JpegRefusals.Damaged(where, "it does not start as JPEG-LS data do");
    }

    /// <summary>Refuses a picture of another size than its DICOM header describes.</summary>
    public void Check(DicomPixelDescription description, string where) => CompressedFrames.CheckSize(Width, Height, Components, description, where);
}
