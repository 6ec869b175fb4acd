namespace MedTune.Data.Genes;

/// <summary>A stream whose first bytes have been looked at and are read again.</summary>
internal sealed class RewoundStream : ReadOnlyStream
{
    private readonly Stream _inner;
    private readonly byte[] _start;
    private int _at;

    public RewoundStream(Stream inner, int count)
    {
        byte[] start = new byte[count];
        (_inner, _start) = (inner, start[..inner.ReadAtLeast(start, count, throwOnEndOfStream: false)]);
    }

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Start => _start;

    public override int Read(Span<byte> buffer)
    {
        if (_at == _start.Length)
        {
            return _inner.Read(buffer);
        }

        int count = Math.Min(buffer.Length, _start.Length - _at);
        _start.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}
