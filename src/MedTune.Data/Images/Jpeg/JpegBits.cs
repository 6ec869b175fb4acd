namespace MedTune.Data.Images;

/// <summary>Reads the bits of a JPEG scan: stuffed zero bytes are dropped, a marker ends them.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> bytes, int start, string where)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at = start;
    private ulong _buffer;
    private int _count;

    /// <summary>The next byte that was not taken in.</summary>
    public readonly int Position => _at;

    /// <summary>The next 16 bits without taking them; zeros after the end.</summary>
    public int Peek16()
    {
        if (_count < 16)
        {
            Fill();
        }

        return _count >= 16 ? (int)(_buffer >> (_count - 16)) & 0xFFFF : (int)(_buffer << (16 - _count)) & 0xFFFF;
    }

    /// <summary>Takes bits.</summary>
    /// <exception cref="DataException">There are not so many left.</exception>
    public void Skip(int count)
    {
        if (count > _count)
        {
            Fill();
            if (count > _count)
            {
                throw JpegRefusals.Damaged(where, "its JPEG data end too early");
            }
        }

        _count -= count;
    }

    /// <summary>Takes a number of 0 to 16 bits.</summary>
    public int Take(int count)
    {
        int value = Peek16() >> (16 - count);
        Skip(count);
        return value;
    }

    /// <summary>Takes the bits of a difference of the given category (ITU-T T.81, F.2.2.1: the lower half stands for negative numbers).</summary>
    public int TakeDifference(int category)
    {
        if (category == 0)
        {
            return 0;
        }

        int value = Take(category);
        return value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
    }

    /// <summary>Drops the filling bits and takes the restart marker with this number.</summary>
    public void Restart(int number)
    {
        (_buffer, _count) = (0, 0);
        while (_at + 2 < _bytes.Length && _bytes[_at] == 0xFF && _bytes[_at + 1] == 0xFF)
        {
            _at++;
        }

        if (_at + 1 >= _bytes.Length || _bytes[_at] != 0xFF || _bytes[_at + 1] != 0xD0 + (number & 7))
        {
            throw JpegRefusals.Damaged(where, "a restart marker of its JPEG data is missing");
        }

        _at += 2;
    }

    private void Fill()
    {
        while (_count <= 48 && _at < _bytes.Length)
        {
            byte next = _bytes[_at];
            if (next == 0xFF)
            {
                if (_at + 1 >= _bytes.Length || _bytes[_at + 1] != 0)
                {
                    return; // a marker, or the end
                }

                _at++;
            }

            _at++;
            _buffer = (_buffer << 8) | next;
            _count += 8;
        }
    }
}
