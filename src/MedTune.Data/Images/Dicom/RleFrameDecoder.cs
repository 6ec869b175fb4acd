using System.Buffers.Binary;

namespace MedTune.Data.Images;

/// <summary>RLE lossless: every byte of a sample in a segment of its own, the high byte first, each packed as runs (PS3.5, annex G).</summary>
internal sealed class RleFrameDecoder : IFrameDecoder
{
    private const int HeaderLength = 64;
    private const int MostSegments = 15;
    private const int LongestRunPerByte = 64; // two bytes stand for at most 128

    public IReadOnlyCollection<string> TransferSyntaxes { get; } = [DicomSyntax.Rle];

    public DecodedFrame Decode(ReadOnlySpan<byte> frame, DicomPixelDescription description, string where)
    {
        int bytesPerSample = description.BitsAllocated / 8;
        int segments = bytesPerSample * description.SamplesPerPixel;
        if (segments is 0 or > MostSegments || frame.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(frame) != segments)
        {
            throw Damaged(where, $"{segments} RLE segments were expected");
        }

        int pixels = description.Rows * description.Columns;
        if ((long)pixels * segments > (long)LongestRunPerByte * frame.Length)
        {
            throw Damaged(where, "its RLE bytes are too few for its size");
        }

        var cells = new int[description.SamplesPerFrame];
        for (int segment = 0; segment < segments; segment++)
        {
            uint start = BinaryPrimitives.ReadUInt32LittleEndian(frame[(4 * (segment + 1))..]);
            uint end = segment + 1 < segments ? BinaryPrimitives.ReadUInt32LittleEndian(frame[(4 * (segment + 2))..]) : (uint)frame.Length;
            if (start < HeaderLength || end > frame.Length || start > end)
            {
                throw Damaged(where, "an RLE segment lies outside of it");
            }

            int channel = segment / bytesPerSample;
            int shift = 8 * (bytesPerSample - 1 - (segment % bytesPerSample));
            if (!Unpack(frame[(int)start..(int)end], cells, channel, description.SamplesPerPixel, shift))
            {
                throw Damaged(where, "an RLE segment ends too early");
            }
        }

        StoredBits.Extract(cells, description);
        return new DecodedFrame(description.Columns, description.Rows, description.SamplesPerPixel, description.BitsStored, description.IsSigned, cells);
    }

    /// <summary>Puts a segment's bytes into the samples from <paramref name="first"/> on, every <paramref name="step"/>; false where they are too few.</summary>
    private static bool Unpack(ReadOnlySpan<byte> packed, int[] cells, int first, int step, int shift)
    {
        int at = first;
        int next = 0;
        while (at < cells.Length)
        {
            if (next >= packed.Length)
            {
                return false;
            }

            int control = (sbyte)packed[next++];
            if (control == -128)
            {
                continue; // stands for nothing
            }

            bool isRun = control < 0;
            int count = isRun ? 1 - control : control + 1;
            for (int i = 0; i < count && at < cells.Length; i++, at += step)
            {
                int source = isRun ? next : next + i;
                if (source >= packed.Length)
                {
                    return false;
                }

                cells[at] |= packed[source] << shift;
            }

            next += isRun ? 1 : count;
        }

        return true;
    }

    private static DataException Damaged(string where, string what) =>
        new($"{where}: {what}: the picture is damaged, so export the file again or leave it out.");
}
