using System.IO.Compression;

namespace MedTune.Data.Images;

/// <summary>What a file is made of: its transfer syntax and the data set's attributes.</summary>
/// <param name="Bytes">The bytes that the attributes lie in; inflated where the file is deflated.</param>
/// <param name="Syntax">How it is written.</param>
/// <param name="DataSet">The attributes of the whitelist.</param>
internal sealed record DicomPart10(byte[] Bytes, DicomSyntax Syntax, DicomDataSet DataSet)
{
    private const int PreambleLength = 128;
    private const int LargestInflated = 1 << 29;
    private const uint TransferSyntax = 0x0002_0010;

    /// <summary>Reads a file with or without preamble and meta header (PS3.10, chapter 7).</summary>
    public static DicomPart10 Read(byte[] bytes, string where, ISet<string> findings)
    {
        bool hasPreamble = bytes.Length >= PreambleLength + 4 && bytes.AsSpan(PreambleLength, 4).SequenceEqual("DICM"u8);
        int at = hasPreamble ? PreambleLength + 4 : 0;
        if (at == bytes.Length)
        {
            throw new DataException($"{where} is empty or holds nothing after its preamble: a DICOM file was expected, so fetch it again.");
        }

        bool hasMeta = DicomElementHeader.TryRead(bytes, at, bytes.Length, DicomEncoding.ExplicitLittleEndian) is { Number: >= 0x0002_0000 and <= 0x0002_FFFF };
        return hasMeta
            ? ReadWithMeta(bytes, at, where, findings)
            : ReadByGuess(bytes, at, hasPreamble, where, findings);
    }

    private static DicomPart10 ReadWithMeta(byte[] bytes, int at, string where, ISet<string> findings)
    {
        int start = MetaEnd(bytes, at, where, out DicomElementHeader? declared);
        if (declared is not { } element)
        {
            throw new DataException(
                $"{where} has a DICOM meta header without the transfer syntax (0002,0010), which says how the rest is written: export the file again or leave it out.");
        }

        DicomSyntax syntax = SyntaxOf(bytes.AsSpan(element.ValueOffset, (int)element.Length), where);
        if (syntax.IsDeflated)
        {
            bytes = Inflate(bytes, start, where);
            start = 0;
        }

        DicomEncoding encoding = syntax.Encoding;
        if (!syntax.IsEncapsulated && DicomSyntaxGuess.Find(bytes, start, encoding) is { } other)
        {
            findings.Add(DicomFindingCodes.SyntaxOtherThanDeclared);
            encoding = other;
        }

        return new DicomPart10(bytes, syntax, new DicomDataSetReader(bytes, encoding, where, findings).Read(start));
    }

    private static DicomPart10 ReadByGuess(byte[] bytes, int at, bool hasPreamble, string where, ISet<string> findings)
    {
        DicomEncoding encoding = DicomSyntaxGuess.Find(bytes, at) ?? throw new DataException(hasPreamble
            ? $"{where} has a DICOM preamble and no meta header, and its structure does not tell how it is written: export the file again or leave it out."
            : $"{where} is not a DICOM file: neither the letters DICM after 128 bytes nor a DICOM data set at its start were found, so leave it out or name it by its own type.");
        findings.Add(DicomFindingCodes.GuessedSyntax);
        string identifier = encoding switch
        {
            { IsBigEndian: true } => DicomSyntax.ExplicitBigEndian,
            { IsExplicit: true } => DicomSyntax.ExplicitLittleEndian,
            _ => DicomSyntax.ImplicitLittleEndian,
        };
        DicomDataSet dataSet = new DicomDataSetReader(bytes, encoding, where, findings).Read(at);
        if (dataSet.Fragments is not null)
        {
            throw new DataException(
                $"{where} has compressed pixels and no DICOM meta header that says how they are compressed (0002,0010): export the file again or leave it out.");
        }

        return new DicomPart10(bytes, DicomSyntax.Find(identifier)!, dataSet);
    }

    // The meta header is always explicit little endian; it ends where group 0002 ends, whatever its own length says.
    private static int MetaEnd(byte[] bytes, int at, string where, out DicomElementHeader? syntax)
    {
        syntax = null;
        while (at + 8 <= bytes.Length && DicomElementHeader.UInt16(bytes.AsSpan(at), isBigEndian: false) == 2)
        {
            DicomElementHeader header = DicomElementHeader.TryRead(bytes, at, bytes.Length, DicomEncoding.ExplicitLittleEndian)
                ?? throw DicomRefusals.Structure(where, at, "no known value representation");
            if (header.Length > (uint)(bytes.Length - header.ValueOffset))
            {
                throw DicomRefusals.CutOff(where, header.Number);
            }

            at = header.ValueOffset + (int)header.Length;
            if (header.Number == TransferSyntax)
            {
                syntax ??= header;
            }
        }

        return at;
    }

    private static DicomSyntax SyntaxOf(ReadOnlySpan<byte> value, string where)
    {
        string? identifier = DicomDataSet.StandardIdentifier(value);
        return DicomSyntax.Find(identifier ?? "") ?? throw new DataException(
            $"{where} is written in {(identifier is null ? "a transfer syntax that is not of the standard" : $"the transfer syntax {identifier}")}, which is not read here: "
            + "export it as explicit VR little endian (1.2.840.10008.1.2.1).");
    }

    // Twice: the first time only to learn the length, so that no more is allocated than there is.
    private static byte[] Inflate(byte[] bytes, int start, string where)
    {
        try
        {
            var inflated = new byte[InflatedLength(bytes, start, where)];
            using Stream inflater = Inflater(bytes, start);
            inflater.ReadExactly(inflated);
            return inflated;
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{where} cannot be inflated: the file is damaged, so fetch it again from where it came.", e);
        }
    }

    private static int InflatedLength(byte[] bytes, int start, string where)
    {
        using Stream inflater = Inflater(bytes, start);
        var buffer = new byte[1 << 16];
        int length = 0;
        while (inflater.Read(buffer) is > 0 and int count)
        {
            length += count;
            if (length > LargestInflated)
            {
                throw new DataException($"{where} inflates to more than 512 MB: export it without the deflated transfer syntax.");
            }
        }

        return length;
    }

    private static DeflateStream Inflater(byte[] bytes, int start) =>
        new(new MemoryStream(bytes, start, bytes.Length - start, writable: false), CompressionMode.Decompress);
}
