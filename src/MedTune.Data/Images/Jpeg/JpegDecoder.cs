namespace MedTune.Data.Images;

/// <summary>Decodes JPEG pictures without a native library: baseline and extended sequential (8 and 12 bits), and lossless (2 to 16 bits).</summary>
/// <remarks>ITU-T T.81. Sequential pictures come out with the same samples as from the IJG library and libjpeg-turbo with their default settings.
/// Progressive, arithmetic and hierarchical pictures are refused.</remarks>
internal ref struct JpegDecoder
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _where;
    private readonly ushort[]?[] _quantization = new ushort[4][];
    private readonly JpegHuffmanTable?[] _first = new JpegHuffmanTable[4];
    private readonly JpegHuffmanTable?[] _rest = new JpegHuffmanTable[4];
    private JpegHeader? _header;
    private int[]? _lossless;
    private int _restart;
    private int? _adobe;
    private bool _hasJfif;

    private JpegDecoder(ReadOnlySpan<byte> bytes, string where)
    {
        _bytes = bytes;
        _where = where;
    }

    /// <summary>Decodes a picture.</summary>
    /// <param name="bytes">The file; what follows its last scan does not count.</param>
    /// <param name="where">How refusals name it.</param>
    /// <exception cref="DataException">The picture is damaged, cut off, or of another kind.</exception>
    public static JpegPicture Decode(ReadOnlySpan<byte> bytes, string where) => new JpegDecoder(bytes, where).Decode();

    private JpegPicture Decode()
    {
        if (_bytes is not [0xFF, 0xD8, ..])
        {
            throw JpegRefusals.Damaged(_where, "it does not start as JPEG data do");
        }

        int at = 2;
        while (_header is null || _header.Components.Any(component => !component.IsDone))
        {
            at = NextMarker(at);
            byte marker = _bytes[at + 1];
            at += 2;
            if (marker is 0xD9)
            {
                throw JpegRefusals.Damaged(_where, "its JPEG data end without all of the picture");
            }

            if (marker is >= 0xD0 and <= 0xD8 or 0x01)
            {
                continue; // markers that stand alone
            }

            int length = at + 2 <= _bytes.Length ? (_bytes[at] << 8) | _bytes[at + 1] : 0;
            if (length < 2 || length > _bytes.Length - at)
            {
                throw JpegRefusals.Damaged(_where, "its JPEG data end too early");
            }

            ReadOnlySpan<byte> segment = _bytes.Slice(at + 2, length - 2);
            at += length;
            at = Read(marker, segment, at);
        }

        return Finish(_header);
    }

    private int NextMarker(int at)
    {
        while (at + 1 < _bytes.Length && !(_bytes[at] == 0xFF && _bytes[at + 1] is not (0 or 0xFF)))
        {
            at++;
        }

        return at + 1 < _bytes.Length ? at : throw JpegRefusals.Damaged(_where, "its JPEG data end too early");
    }

    private int Read(byte marker, ReadOnlySpan<byte> segment, int at)
    {
        switch (marker)
        {
            case 0xC0 or 0xC1 or 0xC3 when _header is null:
                _header = JpegHeader.Read(segment, isLossless: marker == 0xC3, isBaseline: marker == 0xC0, _bytes.Length - at, _where);
                _lossless = _header.IsLossless ? new int[_header.Width * _header.Height * _header.Components.Length] : null;
                return at;
            case 0xC2:
                throw new DataException($"{_where} is a progressive JPEG picture, which is not read inside of DICOM: export the file as explicit VR little endian (1.2.840.10008.1.2.1).");
            case 0xC4:
                ReadHuffmanTables(segment);
                return at;
            case (>= 0xC0 and <= 0xCF) or 0xDC:
                throw JpegRefusals.Unsupported(_where, "a JPEG picture with arithmetic coding, several frames or an unknown height");
            case 0xDB:
                ReadQuantization(segment);
                return at;
            case 0xDD:
                _restart = segment.Length >= 2 ? (segment[0] << 8) | segment[1] : 0;
                return at;
            case 0xDA:
                return ReadScan(segment, at);
            case 0xE0:
                _hasJfif |= segment.StartsWith("JFIF\0"u8);
                return at;
            case 0xEE when segment.Length >= 12 && segment.StartsWith("Adobe"u8):
                _adobe = segment[11];
                return at;
            default:
                return at;
        }
    }

    private readonly int ReadScan(ReadOnlySpan<byte> segment, int at)
    {
        if (_header is null)
        {
            throw JpegRefusals.Damaged(_where, "its JPEG data have no header before the picture");
        }

        JpegScan scan = JpegScan.Read(segment, _header, _first, _rest, _where);
        return _lossless is not null
            ? JpegLossless.Decode(_bytes, at, _header, scan, _lossless, _restart, _where)
            : JpegSequential.Decode(_bytes, at, _header, scan, _quantization, _restart, _where);
    }

    private readonly void ReadHuffmanTables(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            int symbols = 0;
            for (int i = 1; i <= 16 && i < segment.Length; i++)
            {
                symbols += segment[i];
            }

            if (segment.Length < 17 + symbols || symbols > 256 || (segment[0] & 15) > 3 || segment[0] >> 4 > 1)
            {
                throw JpegRefusals.Damaged(_where, "a Huffman table of its JPEG data is wrong");
            }

            var table = new JpegHuffmanTable(segment.Slice(1, 16), segment.Slice(17, symbols), _where);
            (segment[0] >> 4 == 0 ? _first : _rest)[segment[0] & 15] = table;
            segment = segment[(17 + symbols)..];
        }
    }

    private readonly void ReadQuantization(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            bool isWide = segment[0] >> 4 == 1;
            int length = isWide ? 128 : 64;
            if (segment[0] >> 4 > 1 || (segment[0] & 15) > 3 || segment.Length < 1 + length)
            {
                throw JpegRefusals.Damaged(_where, "a quantization table of its JPEG data is wrong");
            }

            var steps = new ushort[64];
            for (int i = 0; i < 64; i++)
            {
                steps[i] = isWide ? (ushort)((segment[1 + (2 * i)] << 8) | segment[2 + (2 * i)]) : segment[1 + i];
            }

            _quantization[segment[0] & 15] = steps;
            segment = segment[(1 + length)..];
        }
    }

    private readonly JpegPicture Finish(JpegHeader header)
    {
        int[] samples = _lossless ?? new int[header.Width * header.Height * header.Components.Length];
        if (_lossless is null)
        {
            for (int channel = 0; channel < header.Components.Length; channel++)
            {
                JpegUpsampling.Write(header, channel, samples, _where);
            }
        }

        DicomFrameColor told = header.Components.Length != 3 ? DicomFrameColor.AsDeclared : _adobe switch
        {
            0 => DicomFrameColor.Rgb,
            1 => DicomFrameColor.Ybr,
            _ => DicomFrameColor.AsDeclared,
        };
        int[] ids = [.. header.Components.Select(component => component.Id)];
        bool isYbr = !header.IsLossless && (_hasJfif || told == DicomFrameColor.Ybr || (told == DicomFrameColor.AsDeclared && ids is not ['R', 'G', 'B']));
        return new JpegPicture(header.Width, header.Height, header.Components.Length, header.Precision, samples, told, isYbr);
    }
}
