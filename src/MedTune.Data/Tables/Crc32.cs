namespace MedTune.Data;

/// <summary>The CRC-32 of gzip (RFC 1952, reflected polynomial 0xEDB88320), eight bytes a step.</summary>
internal struct Crc32
{
    private static readonly uint[] Table = MakeTable();

    private uint _inverted;

    /// <summary>The checksum of the bytes appended so far.</summary>
    public readonly uint Value => _inverted ^ 0xFFFF_FFFF;

    /// <summary>A checksum of no bytes.</summary>
    public static Crc32 Start() => new() { _inverted = 0xFFFF_FFFF };

    /// <summary>Goes on over these bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint crc = _inverted;
        ReadOnlySpan<uint> table = Table;
        while (bytes.Length >= 8)
        {
            uint low = crc ^ (bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16) | ((uint)bytes[3] << 24));
            crc = table[(7 * 256) + (int)(low & 0xFF)] ^ table[(6 * 256) + (int)((low >> 8) & 0xFF)]
                ^ table[(5 * 256) + (int)((low >> 16) & 0xFF)] ^ table[(4 * 256) + (int)(low >> 24)]
                ^ table[(3 * 256) + bytes[4]] ^ table[(2 * 256) + bytes[5]] ^ table[256 + bytes[6]] ^ table[bytes[7]];
            bytes = bytes[8..];
        }

        foreach (byte b in bytes)
        {
            crc = table[(int)((crc ^ b) & 0xFF)] ^ (crc >> 8);
        }

        _inverted = crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value >> 1) ^ (0xEDB8_8320 & (0 - (value & 1)));
            }

            table[i] = value;
        }

        // Slice s answers for a byte that is followed by s more bytes of the same step.
        for (int i = 256; i < table.Length; i++)
        {
            uint previous = table[i - 256];
            table[i] = (previous >> 8) ^ table[previous & 0xFF];
        }

        return table;
    }
}
