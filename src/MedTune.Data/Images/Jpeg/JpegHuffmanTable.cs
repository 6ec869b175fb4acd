namespace MedTune.Data.Images;

/// <summary>A Huffman table of a JPEG picture (ITU-T T.81, annex C).</summary>
internal sealed class JpegHuffmanTable
{
    private const int FastBits = 9;

    private readonly byte[] _symbols;
    private readonly ushort[] _fast = new ushort[1 << FastBits]; // length in the high byte, symbol in the low; 0 where the code is longer
    private readonly int[] _endCode = new int[17]; // one past the last code of each length, moved up to 16 bits
    private readonly int[] _firstSymbol = new int[17]; // the symbol of code 0 of each length, were there one

    /// <summary>A table from the number of codes of each length (1 to 16) and the symbols in the order of their codes.</summary>
    /// <exception cref="DataException">The lengths do not make a prefix code.</exception>
    public JpegHuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols, string where)
    {
        _symbols = symbols.ToArray();
        int code = 0;
        int symbol = 0;
        for (int length = 1; length <= 16; length++)
        {
            _firstSymbol[length] = symbol - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, symbol++)
            {
                if (code >= 1 << length)
                {
                    throw JpegRefusals.Damaged(where, "a Huffman table of its JPEG data has too many codes");
                }

                if (length <= FastBits)
                {
                    _fast.AsSpan(code << (FastBits - length), 1 << (FastBits - length)).Fill((ushort)((length << 8) | _symbols[symbol]));
                }
            }

            _endCode[length] = code << (16 - length);
            code <<= 1;
        }
    }

    /// <summary>Takes the next symbol.</summary>
    public int Take(ref JpegBits bits, string where)
    {
        int next = bits.Peek16();
        int fast = _fast[next >> (16 - FastBits)];
        if (fast != 0)
        {
            bits.Skip(fast >> 8);
            return fast & 0xFF;
        }

        for (int length = FastBits + 1; length <= 16; length++)
        {
            if (next < _endCode[length])
            {
                bits.Skip(length);
                return _symbols[_firstSymbol[length] + (next >> (16 - length))];
            }
        }

        throw JpegRefusals.Damaged(where, "its JPEG data hold a code that stands for nothing");
    }
}
