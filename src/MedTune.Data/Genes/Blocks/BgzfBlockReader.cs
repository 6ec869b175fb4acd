using System.Buffers.Binary;
using System.IO.Compression;

namespace MedTune.Data.Genes;

/// <summary>Reads one BGZF block after the other: sizes, checksum and length of each are checked before a byte of it is handed on.</summary>
internal sealed class BgzfBlockReader(Stream file, string where)
{
    private readonly byte[] _packed = new byte[BgzfFormat.LargestBlock];
    private readonly byte[] _content = new byte[BgzfFormat.LargestBlock];
    private int _length;

    /// <summary>Blocks read so far.</summary>
    public long Blocks { get; private set; }

    /// <summary>The content of the block read last.</summary>
    public ReadOnlySpan<byte> Content => _content.AsSpan(0, _length);

    /// <summary>Reads the block at the file's position.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool TryRead()
    {
        int packed = ReadPacked();
        if (packed == 0)
        {
            return false;
        }

        Blocks++;
        Span<byte> trailer = _packed.AsSpan(packed - BgzfFormat.Trailer, BgzfFormat.Trailer);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        if (length > BgzfFormat.LargestBlock)
        {
            throw Damaged("states more bytes than a block can hold");
        }

        _length = Inflate(packed - BgzfFormat.Trailer, (int)length);
        var crc = Crc32.Start();
        crc.Append(Content);
        return _length == length && crc.Value == BinaryPrimitives.ReadUInt32LittleEndian(trailer)
            ? true
            : throw Damaged("does not fit its checksum");
    }

    /// <summary>Reads header and packed data; the data and the trailer are then at the start of the buffer.</summary>
    private int ReadPacked()
    {
        int read = file.ReadAtLeast(_packed.AsSpan(0, BgzfFormat.FixedHeader), BgzfFormat.FixedHeader, throwOnEndOfStream: false);
        if (read == 0)
        {
            return 0;
        }

        if (read < BgzfFormat.FixedHeader)
        {
            throw Cut();
        }

        if (!BgzfFormat.TryExtraLength(_packed, out int extra))
        {
            throw Damaged("has no header of the BGZF form", Blocks + 1);
        }

        Fill(_packed.AsSpan(0, Math.Min(extra, _packed.Length)));
        int rest = BgzfFormat.BlockLength(_packed.AsSpan(0, extra)) - BgzfFormat.FixedHeader - extra;
        if (rest <= BgzfFormat.Trailer)
        {
            throw Damaged("states no size, or one that is too small", Blocks + 1);
        }

        Fill(_packed.AsSpan(0, rest));
        return rest;
    }

    private int Inflate(int packed, int expected)
    {
        using var source = new MemoryStream(_packed, 0, packed, writable: false);
        using var inflate = new DeflateStream(source, CompressionMode.Decompress);
        try
        {
            int read = inflate.ReadAtLeast(_content.AsSpan(0, expected), expected, throwOnEndOfStream: false);
            Span<byte> more = stackalloc byte[1];
            return inflate.Read(more) == 0 ? read : throw Damaged("holds more bytes than it states");
        }
        catch (InvalidDataException)
        {
            throw Damaged("cannot be unpacked");
        }
    }

    private void Fill(Span<byte> bytes)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw Cut();
        }
    }

    private DataException Cut() => new($"{where}: is cut short inside its BGZF block {Blocks + 1}: get the file again from where it came from.");

    private DataException Damaged(string what) => Damaged(what, Blocks);

    private DataException Damaged(string what, long block) =>
        new($"{where}: is damaged, because its BGZF block {block} {what}: get the file again from where it came from.");
}
