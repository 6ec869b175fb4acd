using System.Buffers.Binary;

namespace MedTune.Data.Images;

/// <summary>The first bytes of a data element: its tag, value representation and length.</summary>
/// <param name="Number">The tag as one number.</param>
/// <param name="ValueRepresentation">The two letters as a number, 0 where the encoding writes none.</param>
/// <param name="ValueOffset">Where the value starts.</param>
/// <param name="Length">The value's length in bytes, or <see cref="UndefinedLength"/>.</param>
internal readonly record struct DicomElementHeader(uint Number, ushort ValueRepresentation, int ValueOffset, uint Length)
{
    public const uint UndefinedLength = 0xFFFF_FFFF;
    public const uint Item = 0xFFFE_E000;
    public const uint ItemEnd = 0xFFFE_E00D;
    public const uint SequenceEnd = 0xFFFE_E0DD;

    // The representations with a 2-byte length; all others, also those of editions to come, have two zero bytes and 4 of length (PS3.5, 7.1.2).
    private static readonly ushort[] ShortForms = [.. Pack("AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US")];

    public static ushort Unknown { get; } = Pack("UN").First();

    public static ushort Words { get; } = Pack("OW").First();

    public static ushort SignedNumbers { get; } = Pack("SS").First();

    public bool IsUndefinedLength => Length == UndefinedLength;

    /// <summary>Reads the header at a place; null where the bytes end first or the value representation is none.</summary>
    public static DicomElementHeader? TryRead(ReadOnlySpan<byte> bytes, int at, int end, DicomEncoding encoding)
    {
        if (end - at < 8)
        {
            return null;
        }

        uint number = Tag(bytes[at..], encoding.IsBigEndian);
        ReadOnlySpan<byte> rest = bytes[(at + 4)..end];
        if (!encoding.IsExplicit || (number >> 16) == 0xFFFE)
        {
            return new DicomElementHeader(number, 0, at + 8, UInt32(rest, encoding.IsBigEndian));
        }

        ushort representation = BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (Array.BinarySearch(ShortForms, representation) >= 0)
        {
            return new DicomElementHeader(number, representation, at + 8, UInt16(rest[2..], encoding.IsBigEndian));
        }

        bool isLongForm = rest.Length >= 8 && char.IsAsciiLetterUpper((char)rest[0]) && char.IsAsciiLetterUpper((char)rest[1]) && rest[2] == 0 && rest[3] == 0;
        return isLongForm
            ? new DicomElementHeader(number, representation, at + 12, UInt32(rest[4..], encoding.IsBigEndian))
            : null;
    }

    public static uint Tag(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        ((uint)UInt16(bytes, isBigEndian) << 16) | UInt16(bytes[2..], isBigEndian);

    public static ushort UInt16(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public static uint UInt32(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static IEnumerable<ushort> Pack(string representations) =>
        representations.Split(' ').Select(letters => (ushort)((letters[0] << 8) | letters[1])).Order();
}
