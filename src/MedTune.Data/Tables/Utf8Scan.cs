namespace MedTune.Data;

/// <summary>Counts valid and invalid UTF-8 sequences in bytes that arrive in pieces.</summary>
/// <remarks>The accepted sequences are those of the Unicode Standard, table 3-7: no overlong forms, no surrogates.</remarks>
internal struct Utf8Scan
{
    private int _pending;
    private byte _low;
    private byte _high;

    /// <summary>Complete characters of two and more bytes.</summary>
    public long Characters { get; private set; }

    /// <summary>Bytes that are part of no character.</summary>
    public long Errors { get; private set; }

    /// <summary>Whether a character has begun and not ended.</summary>
    public readonly bool IsInside => _pending > 0;

    /// <summary>Takes one byte; false where it breaks the encoding for the first time in this position.</summary>
    public bool Append(byte b)
    {
        if (_pending > 0)
        {
            if (b >= _low && b <= _high)
            {
                _pending--;
                (_low, _high) = (0x80, 0xBF);
                Characters += _pending == 0 ? 1 : 0;
                return true;
            }

            _pending = 0;
            Errors++;
            Begin(b);
            return false;
        }

        return Begin(b);
    }

    /// <summary>Closes the input: a character that has not ended is an error.</summary>
    public void Finish()
    {
        Errors += _pending > 0 ? 1 : 0;
        _pending = 0;
    }

    private bool Begin(byte b)
    {
        (_low, _high) = b switch
        {
            0xE0 => ((byte)0xA0, (byte)0xBF),
            0xED => ((byte)0x80, (byte)0x9F),
            0xF0 => ((byte)0x90, (byte)0xBF),
            0xF4 => ((byte)0x80, (byte)0x8F),
            _ => ((byte)0x80, (byte)0xBF),
        };
        _pending = b switch
        {
            < 0x80 => 0,
            >= 0xC2 and <= 0xDF => 1,
            >= 0xE0 and <= 0xEF => 2,
            >= 0xF0 and <= 0xF4 => 3,
            _ => -1,
        };
        if (_pending >= 0)
        {
            return true;
        }

        _pending = 0;
        Errors++;
        return false;
    }
}
