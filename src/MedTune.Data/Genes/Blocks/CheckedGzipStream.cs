using System.IO.Compression;

namespace MedTune.Data.Genes;

/// <summary>The content of a gzip file of one or more members, which must be whole.</summary>
/// <remarks><see cref="GZipStream"/> checks the checksum of each member, but ends quietly where a file is cut off. So a small member of known content is fed behind
/// the file: only behind whole members does it come out again. The last bytes are held back until that is known.</remarks>
internal sealed class CheckedGzipStream : ReadOnlyStream
{
    private static readonly byte[] Mark = [.. "MedTune:whole:\0\x1F"u8];
    private static readonly byte[] MarkMember = Pack(Mark);

    private readonly Stream _file;
    private readonly string _where;
    private readonly GZipStream _inflate;
    private readonly byte[] _held = new byte[(1 << 16) + 16];
    private int _start;
    private int _end;
    private bool _isDone;

    public CheckedGzipStream(Stream file, string where)
    {
        (_file, _where) = (file, where);
        _inflate = new GZipStream(new MarkedFile(file), CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer)
    {
        while (!_isDone && _end - _start <= Mark.Length)
        {
            Refill();
        }

        int ready = _isDone ? _end - _start : _end - _start - Mark.Length;
        int count = Math.Min(buffer.Length, ready);
        _held.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflate.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Refill()
    {
        _held.AsSpan(_start, _end - _start).CopyTo(_held);
        (_start, _end) = (0, _end - _start);
        int read;
        try
        {
            read = _inflate.Read(_held.AsSpan(_end));
        }
        catch (InvalidDataException failure)
        {
            throw new DataException($"{_where}: its compression is damaged or cut short: get the file again from where it came from.", failure);
        }

        _end += read;
        if (read > 0)
        {
            return;
        }

        _isDone = true;
        if (_held.AsSpan(_start, _end - _start).SequenceEqual(Mark))
        {
            _end = _start;
        }
        else if (!IsWholeAllTheSame())
        {
            throw new DataException($"{_where}: its compression is damaged or cut short: get the file again from where it came from.");
        }
    }

    // Zeros behind the last member (tapes) are allowed and hide the mark.
    private bool IsWholeAllTheSame()
    {
        try
        {
            return _file.CanSeek && GzipMembers.AreWhole(_file);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>The file and then the mark.</summary>
    private sealed class MarkedFile(Stream file) : ReadOnlyStream
    {
        private int _atMark = -1;

        public override int Read(Span<byte> buffer)
        {
            if (_atMark < 0)
            {
                int read = file.Read(buffer);
                if (read > 0 || buffer.IsEmpty)
                {
                    return read;
                }

                _atMark = 0;
            }

            int count = Math.Min(buffer.Length, MarkMember.Length - _atMark);
            MarkMember.AsSpan(_atMark, count).CopyTo(buffer);
            _atMark += count;
            return count;
        }
    }
}
