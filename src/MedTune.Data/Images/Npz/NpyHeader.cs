using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MedTune.Data.Images;

/// <summary>What a NumPy array file says of itself: element type, order and shape.</summary>
/// <param name="Type">The element type without its byte order: <c>u1</c>, <c>i8</c>, <c>f4</c> ...</param>
/// <param name="IsBigEndian">Whether the elements' high bytes come first.</param>
/// <param name="Shape">Lengths of the axes, each at least 0.</param>
/// <remarks>The form is described in NumPy's documentation (numpy.lib.format, versions 1 to 3).</remarks>
internal sealed partial record NpyHeader(string Type, bool IsBigEndian, ImmutableArray<long> Shape)
{
    private const int LongestText = 1 << 16;

    /// <summary>Elements of the array.</summary>
    public long Count => Shape.Aggregate(1L, (count, length) => count * length);

    /// <summary>Bytes of an element.</summary>
    public int ElementBytes => Type[1] - '0';

    /// <summary>Reads the header, and leaves the stream at the first element.</summary>
    /// <exception cref="DataException">This is no array file, or its elements are not plain numbers in C order.</exception>
    public static NpyHeader Read(Stream stream, string where)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !IsMagic(start))
        {
            throw Refused(where, "it is no NumPy array");
        }

        int sizeBytes = start[6] == 1 ? 2 : 4;
        Span<byte> size = stackalloc byte[4];
        size.Clear();
        if (start[6] is < 1 or > 3 || stream.ReadAtLeast(size[..sizeBytes], sizeBytes, throwOnEndOfStream: false) < sizeBytes)
        {
            throw Refused(where, "its header is of an unknown version");
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(size);
        byte[] text = new byte[Math.Min(length, LongestText)];
        if (length > LongestText || stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
        {
            throw Refused(where, "its header is cut short or too long");
        }

        return Parse(Encoding.Latin1.GetString(text), where);
    }

    private static bool IsMagic(ReadOnlySpan<byte> start) => start[0] == 0x93 && start[1..6].SequenceEqual("NUMPY"u8);

    private static NpyHeader Parse(string text, string where)
    {
        var (type, order, shape) = (TypePattern().Match(text), OrderPattern().Match(text), ShapePattern().Match(text));
        if (!type.Success || !order.Success || !shape.Success)
        {
            throw Refused(where, "its elements are not plain numbers");
        }

        if (order.Groups[1].Value == "True")
        {
            throw Refused(where, "it is stored column by column (fortran_order)");
        }

        var lengths = ImmutableArray.CreateBuilder<long>();
        foreach (string part in shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long length) || length > PictureLimits.LargestSamples * 16)
            {
                throw Refused(where, "it claims a shape that cannot be");
            }

            lengths.Add(length);
        }

        double count = lengths.Aggregate(1.0, (product, length) => product * length);
        return count <= PictureLimits.LargestSamples * 16.0
            ? new NpyHeader(type.Groups[2].Value, type.Groups[1].Value == ">", lengths.ToImmutable())
            : throw Refused(where, "it claims more than 2^32 elements");
    }

    private static DataException Refused(string where, string why) =>
        new($"{where}: cannot be read, because {why}: save it with numpy.savez from arrays of whole numbers or floats.");

    [GeneratedRegex("'descr'\\s*:\\s*'([<>|=]?)([uif][1248]|b1)'", RegexOptions.CultureInvariant)]
    private static partial Regex TypePattern();

    [GeneratedRegex("'fortran_order'\\s*:\\s*(True|False)", RegexOptions.CultureInvariant)]
    private static partial Regex OrderPattern();

    [GeneratedRegex("'shape'\\s*:\\s*\\(([0-9, ]*)\\)", RegexOptions.CultureInvariant)]
    private static partial Regex ShapePattern();
}
