namespace MedTune.Data.Genes;

/// <summary>The content of a BGZF file from start to end, at most one block in memory.</summary>
internal sealed class BgzfStream : ReadOnlyStream
{
    private readonly Stream _file;
    private readonly string _where;
    private readonly BgzfBlockReader _blocks;
    private int _at;
    private bool _isClosed;

    /// <summary>Opens a file that can seek; a file without the closing block is refused before anything of it is read.</summary>
    /// <exception cref="DataException">The closing block is missing.</exception>
    public BgzfStream(Stream file, string where)
    {
        (_file, _where, _blocks) = (file, where, new BgzfBlockReader(file, where));
        CheckEnd(file, where);
    }

    /// <summary>Refuses a file that does not end with the empty block.</summary>
    public static void CheckEnd(Stream file, string where)
    {
        Span<byte> end = stackalloc byte[BgzfFormat.EndBlock.Length];
        bool isWhole = file.Length >= end.Length;
        if (isWhole)
        {
            file.Position = file.Length - end.Length;
            file.ReadExactly(end);
            isWhole = end.SequenceEqual(BgzfFormat.EndBlock);
        }

        file.Position = 0;
        if (!isWhole)
        {
            throw new DataException($"{where}: is cut short, because the empty block that ends every BGZF file is missing; nothing of it was read: get the file again from where it came from.");
        }
    }

    public override int Read(Span<byte> buffer)
    {
        while (_at == _blocks.Content.Length)
        {
            if (_isClosed || !_blocks.TryRead())
            {
                _isClosed = true;
                return _blocks.Content.IsEmpty
                    ? 0
                    : throw new DataException($"{_where}: is cut short behind its BGZF block {_blocks.Blocks}: get the file again from where it came from.");
            }

            _at = 0;
        }

        int count = Math.Min(buffer.Length, _blocks.Content.Length - _at);
        _blocks.Content.Slice(_at, count).CopyTo(buffer);
        _at += count;
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
}
