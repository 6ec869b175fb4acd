using System.Buffers.Binary;

namespace MedTune.Data.Genes;

/// <summary>The layout of a BGZF block (SAM/BAM format specification, section 4.1): a gzip member whose extra field BC holds its size.</summary>
internal static class BgzfFormat
{
    /// <summary>Bytes in front of the extra fields.</summary>
    public const int FixedHeader = 12;

    /// <summary>Checksum and length behind the packed data.</summary>
    public const int Trailer = 8;

    /// <summary>Most bytes of a block, packed or not.</summary>
    public const int LargestBlock = 1 << 16;

    /// <summary>The empty block that closes every file.</summary>
    public static ReadOnlySpan<byte> EndBlock =>
        [0x1F, 0x8B, 0x08, 0x04, 0, 0, 0, 0, 0, 0xFF, 0x06, 0, 0x42, 0x43, 0x02, 0, 0x1B, 0, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Whether these first bytes of a file are those of a BGZF block.</summary>
    public static bool IsBlock(ReadOnlySpan<byte> start) =>
        TryExtraLength(start, out int extra) && start.Length >= FixedHeader + extra && BlockLength(start.Slice(FixedHeader, extra)) > 0;

    /// <summary>The length of the extra fields, where these bytes start a gzip member that has nothing but extra fields.</summary>
    public static bool TryExtraLength(ReadOnlySpan<byte> header, out int extra)
    {
        extra = 0;
        if (header.Length < FixedHeader || header[0] != 0x1F || header[1] != 0x8B || header[2] != 8 || header[3] != 4)
        {
            return false;
        }

        extra = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        return true;
    }

    /// <summary>The length of the whole block that the extra field BC states; 0 where there is none.</summary>
    public static int BlockLength(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (extra[0] == (byte)'B' && extra[1] == (byte)'C' && length == 2 && extra.Length >= 6)
            {
                return BinaryPrimitives.ReadUInt16LittleEndian(extra[4..]) + 1;
            }

            if (extra.Length < 4 + length)
            {
                return 0;
            }

            extra = extra[(4 + length)..];
        }

        return 0;
    }
}
