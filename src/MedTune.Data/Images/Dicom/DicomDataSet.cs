using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace MedTune.Data.Images;

/// <summary>The attributes of the whitelist that a data set, or an item of a sequence, holds: where their values lie in the file.</summary>
/// <remarks>Values stay bytes of the file until one of these methods reads them; text becomes a string only where it has the form of a code or of a
/// standard identifier.</remarks>
internal sealed class DicomDataSet(byte[] bytes, bool isBigEndian)
{
    private static readonly SearchValues<byte> IdentifierLetters = SearchValues.Create("0123456789."u8);

    private List<Entry>? _entries;

    /// <summary>The frames of the pixel data where they are encapsulated; null where they are not.</summary>
    public DicomFragments? Fragments { get; set; }

    public bool IsBigEndian => isBigEndian;

    /// <summary>Keeps the place of a value; false where the attribute was there before.</summary>
    public bool Add(in DicomElementHeader header, IReadOnlyList<DicomDataSet>? items = null)
    {
        if (Has(header.Number))
        {
            return false;
        }

        (_entries ??= []).Add(new Entry(header.Number, header.ValueRepresentation, header.ValueOffset, items is null ? (int)header.Length : 0, items));
        return true;
    }

    public bool Has(uint number) => Find(number) is not null;

    /// <summary>The bytes of a value; empty where the attribute is absent.</summary>
    public ReadOnlySpan<byte> Bytes(uint number) => Find(number) is { } entry ? bytes.AsSpan(entry.Offset, entry.Length) : [];

    /// <summary>The first of a value's bytes in the file, and how many they are.</summary>
    public (int Offset, int Length) Place(uint number) => Find(number) is { } entry ? (entry.Offset, entry.Length) : default;

    /// <summary>Whether a value was written as 16-bit words.</summary>
    public bool IsWords(uint number) => Find(number)?.ValueRepresentation == DicomElementHeader.Words;

    /// <summary>Whether a value was written as signed 16-bit numbers.</summary>
    public bool IsSignedNumbers(uint number) => Find(number)?.ValueRepresentation == DicomElementHeader.SignedNumbers;

    /// <summary>The items of a sequence; none where it is absent.</summary>
    public IReadOnlyList<DicomDataSet> Items(uint number) => Find(number)?.Items ?? [];

    /// <summary>A value's 16-bit numbers, as they are stored; empty where the attribute is absent.</summary>
    public ushort[] UInt16s(uint number)
    {
        ReadOnlySpan<byte> value = Bytes(number);
        var numbers = new ushort[value.Length / 2];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = DicomElementHeader.UInt16(value[(2 * i)..], isBigEndian);
        }

        return numbers;
    }

    /// <summary>A value's first 16-bit number; null where there is none.</summary>
    public int? UInt16(uint number)
    {
        ReadOnlySpan<byte> value = Bytes(number);
        return value.Length < 2 ? null : DicomElementHeader.UInt16(value, isBigEndian);
    }

    /// <summary>The numbers of a decimal or integer string, separated by backslashes; null where the attribute is absent, empty or holds anything else.</summary>
    public double[]? Decimals(uint number)
    {
        ReadOnlySpan<byte> value = Trim(Bytes(number));
        if (value.IsEmpty)
        {
            return null;
        }

        List<double> numbers = [];
        foreach (Range part in value.Split((byte)'\\'))
        {
            ReadOnlySpan<byte> text = Trim(value[part]);
            if (text.IsEmpty || text.Length > 32 || !(char.IsAsciiDigit((char)text[^1]) || text[^1] == '.')
                || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) || !double.IsFinite(parsed))
            {
                return null;
            }

            numbers.Add(parsed);
        }

        return [.. numbers];
    }

    /// <summary>An integer string; null where the attribute is absent, empty or holds anything else.</summary>
    public long? Integer(uint number)
    {
        ReadOnlySpan<byte> text = Trim(Bytes(number));
        if (text is [(byte)'+', ..])
        {
            text = text[1..];
        }

        return Utf8Parser.TryParse(text, out long value, out int used) && used == text.Length ? value : null;
    }

    /// <summary>A coded word, or several joined by backslashes; null where the attribute is absent or is not of that form.</summary>
    public string? Code(uint number)
    {
        ReadOnlySpan<byte> text = Trim(Bytes(number));
        int length = 0;
        foreach (byte letter in text)
        {
            bool isBetween = letter == '\\';
            length = isBetween ? 0 : length + 1;
            if (length > 16 || !(isBetween || char.IsAsciiLetterUpper((char)letter) || char.IsAsciiDigit((char)letter) || letter is (byte)' ' or (byte)'_'))
            {
                return null;
            }
        }

        return text.IsEmpty || text.Length > 100 ? null : System.Text.Encoding.ASCII.GetString(text);
    }

    /// <summary>An identifier under the standard's own root; null where the attribute is absent or is another's.</summary>
    public string? StandardIdentifier(uint number) => StandardIdentifier(Bytes(number));

    /// <summary>The same of a value by itself.</summary>
    public static string? StandardIdentifier(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> text = Trim(value);
        return text.Length is > 0 and <= 64 && text.StartsWith("1.2.840.10008."u8) && !text.ContainsAnyExcept(IdentifierLetters)
            ? System.Text.Encoding.ASCII.GetString(text)
            : null;
    }

    /// <summary>A value without the blanks and zero bytes that fill it up.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value) => value.Trim(" \0"u8);

    private Entry? Find(uint number)
    {
        if (_entries is not null)
        {
            foreach (Entry entry in _entries)
            {
                if (entry.Number == number)
                {
                    return entry;
                }
            }
        }

        return null;
    }

    private readonly record struct Entry(uint Number, ushort ValueRepresentation, int Offset, int Length, IReadOnlyList<DicomDataSet>? Items);
}
