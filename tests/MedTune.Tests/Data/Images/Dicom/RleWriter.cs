using System.Buffers.Binary;

namespace MedTune.Tests.Data.Images;

/// <summary>Packs a frame as RLE lossless (PS3.5, annex G): a segment for every byte of a sample, the high byte first.</summary>
internal static class RleWriter
{
    public static byte[] Pack(int[] samples, int channels, int bits)
    {
        List<byte[]> segments = [];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int shift = bits - 8; shift >= 0; shift -= 8)
            {
                int first = channel;
                int low = shift;
                segments.Add(PackBytes([.. Enumerable.Range(0, samples.Length / channels).Select(i => (byte)(samples[(i * channels) + first] >> low))]));
            }
        }

        var header = new byte[64];
        BinaryPrimitives.WriteInt32LittleEndian(header, segments.Count);
        int at = 64;
        for (int i = 0; i < segments.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4 * (i + 1)), at);
            at += segments[i].Length;
        }

        return [.. header, .. segments.SelectMany(segment => segment)];
    }

    private static byte[] PackBytes(byte[] bytes)
    {
        List<byte> packed = [];
        int at = 0;
        while (at < bytes.Length)
        {
            int run = 1;
            while (run < 128 && at + run < bytes.Length && bytes[at + run] == bytes[at])
            {
                run++;
            }

            if (run > 1)
            {
                packed.AddRange([(byte)(1 - run), bytes[at]]);
                at += run;
                continue;
            }

            int literal = 1;
            while (literal < 128 && at + literal < bytes.Length && (at + literal + 1 >= bytes.Length || bytes[at + literal] != bytes[at + literal + 1]))
            {
                literal++;
            }

            packed.Add((byte)(literal - 1));
            packed.AddRange(bytes.AsSpan(at, literal));
            at += literal;
        }

        if (packed.Count % 2 != 0)
        {
            packed.Add(0x80); // stands for nothing
        }

        return [.. packed];
    }
}
