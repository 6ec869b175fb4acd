namespace MedTune.Data;

/// <summary>Counts valid and invalid GB18030 sequences in bytes that arrive in pieces (GB 18030-2005: one, two or four bytes).</summary>
internal struct Gb18030Scan
{
    private int _position;

    /// <summary>Complete characters of two and four bytes.</summary>
    public long Characters { get; private set; }

    /// <summary>Of these, characters of the GB 2312 plane: both bytes high, the ordinary Chinese text.</summary>
    public long Ordinary { get; private set; }

    /// <summary>Bytes that are part of no character.</summary>
    public long Errors { get; private set; }

    private byte _lead;

    /// <summary>Whether a character has begun and not ended.</summary>
    public readonly bool IsInside => _position > 0;

    /// <summary>Takes one byte.</summary>
    public void Append(byte b)
    {
        switch (_position)
        {
            case 0:
                Begin(b);
                break;
            case 1 when b is >= 0x30 and <= 0x39:
                _position = 2;
                break;
            case 1 when b is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFE):
                Ordinary += _lead is >= 0xA1 and <= 0xF7 && b >= 0xA1 ? 1 : 0;
                End();
                break;
            case 2 when b is >= 0x81 and <= 0xFE:
                _position = 3;
                break;
            case 3 when b is >= 0x30 and <= 0x39:
                End();
                break;
            default:
                _position = 0;
                Errors++;
                Begin(b);
                break;
        }
    }

    /// <summary>Closes the input: a character that has not ended is an error.</summary>
    public void Finish()
    {
        Errors += _position > 0 ? 1 : 0;
        _position = 0;
    }

    private void End()
    {
        Characters++;
        _position = 0;
    }

    private void Begin(byte b)
    {
        if (b < 0x80)
        {
            return;
        }

        if (b is 0x80 or 0xFF)
        {
            Errors++;
            return;
        }

        _lead = b;
        _position = 1;
    }
}
