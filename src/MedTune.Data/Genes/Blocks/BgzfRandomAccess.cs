using System.Buffers.Binary;

namespace MedTune.Data.Genes;

/// <summary>The content of a BGZF file at any place: the blocks are listed once (headers only), the block read last is kept.</summary>
internal sealed class BgzfRandomAccess : ReadOnlyStream
{
    private readonly Stream _file;
    private readonly BgzfBlockReader _blocks;
    private readonly List<(long Packed, long Content)> _starts = [];
    private int _current = -1;
    private long _position;

    /// <exception cref="DataException">The file is cut short or no BGZF file.</exception>
    public BgzfRandomAccess(Stream file, string where)
    {
        (_file, _blocks) = (file, new BgzfBlockReader(file, where));
        BgzfStream.CheckEnd(file, where);
        Length = ListBlocks(file, where);
    }

    public override bool CanSeek => true;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => Length,
    };

    public override int Read(Span<byte> buffer)
    {
        if (_position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        int block = Find(_position);
        if (block != _current)
        {
            _current = -1;
            _file.Position = _starts[block].Packed;
            _blocks.TryRead();
            _current = block;
        }

        int at = (int)(_position - _starts[block].Content);
        int count = Math.Min(buffer.Length, _blocks.Content.Length - at);
        _blocks.Content.Slice(at, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The last block that starts at or before a place of the content and holds it.</summary>
    private int Find(long position)
    {
        (int low, int high) = (0, _starts.Count - 1);
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _starts[middle].Content <= position ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private long ListBlocks(Stream file, string where)
    {
        (long packed, long content) = (0, 0);
        byte[] header = new byte[BgzfFormat.FixedHeader + ushort.MaxValue];
        Span<byte> trailer = stackalloc byte[4];
        while (packed < file.Length)
        {
            file.Position = packed;
            int read = file.ReadAtLeast(header.AsSpan(0, 18), 18, throwOnEndOfStream: false);
            bool isHeader = BgzfFormat.TryExtraLength(header.AsSpan(0, read), out int extra);
            if (isHeader && extra > 6)
            {
                read += file.ReadAtLeast(header.AsSpan(read, extra - 6), extra - 6, throwOnEndOfStream: false);
            }

            int length = isHeader && read >= BgzfFormat.FixedHeader + extra ? BgzfFormat.BlockLength(header.AsSpan(BgzfFormat.FixedHeader, extra)) : 0;
            if (length <= BgzfFormat.FixedHeader + extra + BgzfFormat.Trailer || packed + length > file.Length)
            {
                throw new DataException($"{where}: is damaged, because no BGZF block follows its block {_starts.Count}: get the file again from where it came from.");
            }

            file.Position = packed + length - 4;
            file.ReadExactly(trailer);
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
            if (size > BgzfFormat.LargestBlock)
            {
                throw new DataException($"{where}: is damaged, because its BGZF block {_starts.Count + 1} states more bytes than a block can hold: get the file again from where it came from.");
            }

            if (size > 0)
            {
                _starts.Add((packed, content));
            }

            (packed, content) = (packed + length, content + size);
        }

        return content;
    }
}
