using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using MedTune.Data.Images;

namespace MedTune.Tests.Data.Images;

/// <summary>Writes small DICOM files for tests, in any uncompressed form, with the values of a made-up patient in every place where real files have them.</summary>
internal sealed class DicomWriter
{
    /// <summary>The made-up patient's values; none of them may ever be seen outside of the file.</summary>
    public static readonly string[] Planted = ["DOE^JANE", "JANE", "MRN4711", "19610407", "QUEENSTREET", "STDOEHOSPITAL", "DRHOUSE", "SECRETNOTE", "1.2.3.4711"];

    private readonly SortedDictionary<uint, byte[]> _elements = [];
    private readonly string _syntax;
    private readonly bool _isNested;

    public DicomWriter(string syntax = DicomSyntax.ExplicitLittleEndian)
        : this(syntax, isNested: false)
    {
        Text(0x0008_0005, "CS", "ISO_IR 100").Text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.7").Text(0x0008_0018, "UI", "1.2.3.4711.1");
        Text(0x0008_0020, "DA", "19610407").Text(0x0008_0060, "CS", "OT").Text(0x0008_0070, "LO", "ACME").Text(0x0008_0080, "LO", "STDOEHOSPITAL");
        Text(0x0008_0090, "PN", "DRHOUSE").Text(0x0010_0010, "PN", "DOE^JANE").Text(0x0010_0020, "LO", "MRN4711").Text(0x0010_0030, "DA", "19610407");
        Text(0x0010_0040, "CS", "F").Text(0x0010_1010, "AS", "063Y").Text(0x0010_1040, "LO", "QUEENSTREET").Text(0x0010_4000, "LT", "SECRETNOTE");
        Text(0x0009_0010, "LO", "JANE").Text(0x0009_1001, "LO", "DOE^JANE").Text(0x0020_000D, "UI", "1.2.3.4711").Text(0x0020_000E, "UI", "1.2.3.4711.2");
        Items(0x0008_1140, isUndefinedLength: true, item => item.Text(0x0010_0010, "PN", "DOE^JANE").Items(0x0008_1110, isUndefinedLength: false, inner => inner.Text(0x0010_0020, "LO", "MRN4711")));
    }

    private DicomWriter(string syntax, bool isNested) => (_syntax, _isNested) = (syntax, isNested);

    private bool IsExplicit => _syntax != DicomSyntax.ImplicitLittleEndian;

    private bool IsBigEndian => _syntax == DicomSyntax.ExplicitBigEndian;

    public DicomWriter Text(uint tag, string representation, string value)
    {
        byte[] text = Encoding.ASCII.GetBytes(value);
        return Bytes(tag, representation, text.Length % 2 == 0 ? text : [.. text, representation == "UI" ? (byte)0 : (byte)' ']);
    }

    public DicomWriter Numbers(uint tag, params int[] values) => Bytes(tag, "US", [.. values.SelectMany(value => UInt16(value, IsBigEndian))]);

    public DicomWriter Words(uint tag, params int[] values) => Bytes(tag, "OW", [.. values.SelectMany(value => UInt16(value, IsBigEndian))]);

    public DicomWriter Bytes(uint tag, string representation, byte[] value)
    {
        _elements[tag] = [.. Header(tag, representation, (uint)value.Length), .. value];
        return this;
    }

    public DicomWriter Remove(uint tag)
    {
        _elements.Remove(tag);
        return this;
    }

    public DicomWriter Items(uint tag, bool isUndefinedLength, params Action<DicomWriter>[] items)
    {
        List<byte> content = [];
        foreach (Action<DicomWriter> write in items)
        {
            var item = new DicomWriter(_syntax, isNested: true);
            write(item);
            byte[] body = item.Body();
            content.AddRange(isUndefinedLength
                ? [.. Tag(0xFFFE_E000), .. UInt32(uint.MaxValue), .. body, .. Tag(0xFFFE_E00D), .. UInt32(0)]
                : [.. Tag(0xFFFE_E000), .. UInt32((uint)body.Length), .. body]);
        }

        _elements[tag] = isUndefinedLength
            ? [.. Header(tag, "SQ", uint.MaxValue), .. content, .. Tag(0xFFFE_E0DD), .. UInt32(0)]
            : [.. Header(tag, "SQ", (uint)content.Count), .. content];
        return this;
    }

    /// <summary>The description of a picture.</summary>
    public DicomWriter Picture(int rows, int columns, int samples, string photometric, int allocated, int? stored = null, bool isSigned = false, int frames = 1, bool isPlanar = false)
    {
        Numbers(0x0028_0002, samples).Text(0x0028_0004, "CS", photometric).Numbers(0x0028_0010, rows).Numbers(0x0028_0011, columns);
        Numbers(0x0028_0100, allocated).Numbers(0x0028_0101, stored ?? allocated).Numbers(0x0028_0102, (stored ?? allocated) - 1).Numbers(0x0028_0103, isSigned ? 1 : 0);
        if (samples == 3)
        {
            Numbers(0x0028_0006, isPlanar ? 1 : 0);
        }

        return frames == 1 ? this : Text(0x0028_0008, "IS", $"{frames}");
    }

    /// <summary>Uncompressed pixels: cells of 8, 16 or 32 bits.</summary>
    public DicomWriter Pixels(IEnumerable<int> cells, int bits)
    {
        byte[] bytes = [.. cells.SelectMany(cell => bits switch
        {
            8 => [(byte)cell],
            16 => UInt16(cell, IsBigEndian),
            _ => UInt32((uint)cell),
        })];
        if (bytes.Length % 2 != 0)
        {
            bytes = [.. bytes, 0];
        }

        if (bits == 8 && IsBigEndian)
        {
            bytes = [.. bytes.Chunk(2).SelectMany(pair => pair.Reverse())]; // words of two samples
        }

        return Bytes(0x7FE0_0010, "OW", bytes);
    }

    /// <summary>Compressed pixels: the table of offsets (none: empty), and the fragments.</summary>
    public DicomWriter Fragments(uint[] offsets, params byte[][] fragments)
    {
        List<byte> content = [.. Header(0x7FE0_0010, "OB", uint.MaxValue), .. Tag(0xFFFE_E000), .. UInt32((uint)(4 * offsets.Length)), .. offsets.SelectMany(UInt32)];
        foreach (byte[] fragment in fragments)
        {
            byte[] even = fragment.Length % 2 == 0 ? fragment : [.. fragment, 0];
            content.AddRange([.. Tag(0xFFFE_E000), .. UInt32((uint)even.Length), .. even]);
        }

        _elements[0x7FE0_0010] = [.. content, .. Tag(0xFFFE_E0DD), .. UInt32(0)];
        return this;
    }

    public byte[] ToArray(bool hasPreamble = true, bool hasMeta = true)
    {
        var meta = new DicomWriter(DicomSyntax.ExplicitLittleEndian, isNested: true);
        meta.Bytes(0x0002_0001, "OB", [0, 1]).Text(0x0002_0002, "UI", "1.2.840.10008.5.1.4.1.1.7").Text(0x0002_0003, "UI", "1.2.3.4711.1").Text(0x0002_0010, "UI", _syntax);
        byte[] body = Body();
        if (_syntax == DicomSyntax.Deflated)
        {
            using var target = new MemoryStream();
            using (var deflater = new DeflateStream(target, CompressionLevel.Optimal))
            {
                deflater.Write(body);
            }

            body = target.ToArray();
        }

        byte[] preamble = hasPreamble ? [.. new byte[128], .. "DICM"u8] : [];
        return [.. preamble, .. hasMeta ? meta.Body() : [], .. body];
    }

    public DicomFile Open(DicomReadOptions? options = null) => DicomFile.Open(ToArray(), "test.dcm", options);

    private byte[] Body() => [.. _elements.Values.SelectMany(element => element)];

    private byte[] Header(uint tag, string representation, uint length)
    {
        if (!IsExplicit && !(_isNested && _syntax == DicomSyntax.ExplicitLittleEndian))
        {
            return [.. Tag(tag), .. UInt32(length)];
        }

        byte[] letters = Encoding.ASCII.GetBytes(representation);
        return representation is "OB" or "OW" or "SQ" or "UN" or "UT" or "OV" or "OF"
            ? [.. Tag(tag), .. letters, 0, 0, .. UInt32(length)]
            : [.. Tag(tag), .. letters, .. UInt16((int)length, IsBigEndian)];
    }

    private byte[] Tag(uint tag) => [.. UInt16((int)(tag >> 16), IsBigEndian), .. UInt16((int)(tag & 0xFFFF), IsBigEndian)];

    private static byte[] UInt16(int value, bool isBigEndian) => isBigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];

    private byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        if (IsBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }

        return bytes;
    }
}
