using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MedTune.Data.Genes;

/// <summary>Reads the typed values of BCF 2 from a record's bytes; nothing beyond them is ever touched.</summary>
internal ref struct BcfCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether something was not as the format says; what was read then means nothing.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>A whole number of 32 bits.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>The type and number of the values that follow.</summary>
    public (int Type, int Count) Descriptor()
    {
        byte descriptor = Take(1)[0];
        int count = descriptor >> 4;
        if (count == 15)
        {
            byte inner = Take(1)[0];
            int size = SizeOf(inner & 15);
            count = inner >> 4 == 1 && (inner & 15) is 1 or 2 or 3 ? Integer(inner & 15, Take(size)) ?? -1 : -1;
        }

        int type = descriptor & 15;
        if (count < 0 || (type is not (0 or 1 or 2 or 3 or 5 or 7)))
        {
            IsDamaged = true;
            return (0, 0);
        }

        return (type, count);
    }

    /// <summary>The bytes of so many values.</summary>
    public ReadOnlySpan<byte> Values(int type, long count)
    {
        long length = count * SizeOf(type);
        if (length > _rest.Length)
        {
            IsDamaged = true;
            return default;
        }

        return Take((int)length);
    }

    /// <summary>One whole number with its descriptor; -1 where it is none.</summary>
    public int TypedInteger()
    {
        (int type, int count) = Descriptor();
        var values = Values(type, count);
        int? value = count == 1 && type is 1 or 2 or 3 && !values.IsEmpty ? Integer(type, values) : null;
        IsDamaged |= value is null;
        return value ?? -1;
    }

    /// <summary>A text with its descriptor.</summary>
    public string TypedText()
    {
        (int type, int count) = Descriptor();
        var values = Values(type, count);
        IsDamaged |= type != 7 && count > 0;
        return Encoding.UTF8.GetString(values).TrimEnd('\0');
    }

    /// <summary>Values with their descriptor, written as VCF does; null for a flag.</summary>
    public string? TypedValues()
    {
        (int type, int count) = Descriptor();
        var values = Values(type, count);
        if (IsDamaged || count == 0 || type == 0)
        {
            return null;
        }

        if (type == 7)
        {
            return Encoding.UTF8.GetString(values).TrimEnd('\0');
        }

        var text = new StringBuilder();
        int size = SizeOf(type);
        for (int at = 0; at < values.Length; at += size)
        {
            var value = values.Slice(at, size);
            if (type == 5 ? BinaryPrimitives.ReadUInt32LittleEndian(value) == 0x7F80_0002 : IsEnd(type, value))
            {
                break;
            }

            text.Append(at == 0 ? "" : ",").Append(type == 5 ? Float(value) : Integer(type, value)?.ToString(CultureInfo.InvariantCulture) ?? ".");
        }

        return text.ToString();
    }

    /// <summary>Bytes of a value.</summary>
    public static int SizeOf(int type) => type switch
    {
        1 or 7 => 1,
        2 => 2,
        3 or 5 => 4,
        _ => 0,
    };

    /// <summary>A whole number, or null where it is missing.</summary>
    public static int? Integer(int type, ReadOnlySpan<byte> value) => type switch
    {
        1 => value[0] == 0x80 ? null : (sbyte)value[0],
        2 => BinaryPrimitives.ReadInt16LittleEndian(value) is var number && number == short.MinValue ? null : number,
        _ => BinaryPrimitives.ReadInt32LittleEndian(value) is var number && number == int.MinValue ? null : number,
    };

    /// <summary>Whether a whole number marks that no more values follow.</summary>
    public static bool IsEnd(int type, ReadOnlySpan<byte> value) => type switch
    {
        1 => value[0] == 0x81,
        2 => BinaryPrimitives.ReadInt16LittleEndian(value) == short.MinValue + 1,
        _ => BinaryPrimitives.ReadInt32LittleEndian(value) == int.MinValue + 1,
    };

    private static string Float(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadUInt32LittleEndian(value) == 0x7F80_0001
        ? "."
        : BinaryPrimitives.ReadSingleLittleEndian(value).ToString(CultureInfo.InvariantCulture);

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            IsDamaged = true;
            _rest = default;
            return new byte[length]; // small: larger ones are refused by Values
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
