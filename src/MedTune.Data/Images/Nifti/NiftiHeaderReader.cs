using System.Buffers.Binary;
using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>Reads the header of a NIfTI file of one part (<c>.nii</c>).</summary>
internal static class NiftiHeaderReader
{
    private const int FirstSize = 348;
    private const int SecondSize = 540;

    /// <summary>Whether a file starts as a NIfTI file does.</summary>
    public static bool IsNifti(ReadOnlySpan<byte> start) =>
        start.Length >= FirstSize && (start[344..347].SequenceEqual("n+1"u8) || start[344..347].SequenceEqual("ni1"u8) || start[4..7].SequenceEqual("n+2"u8));

    /// <summary>Reads the header.</summary>
    /// <param name="start">The first 540 bytes of the unpacked file, or all where there are fewer.</param>
    /// <param name="where">The file, for messages.</param>
    /// <exception cref="DataException">This is no NIfTI file, or one of a form that is not read.</exception>
    public static NiftiHeader Read(ReadOnlySpan<byte> start, string where)
    {
        if (!IsNifti(start))
        {
            throw Refused(where, "is no NIfTI file");
        }

        if (start[344..347].SequenceEqual("ni1"u8))
        {
            throw Refused(where, "has its voxels in a second file (.hdr and .img)");
        }

        bool isSecond = start[4..7].SequenceEqual("n+2"u8);
        int size = isSecond ? SecondSize : FirstSize;
        bool isBig = BinaryPrimitives.ReadInt32BigEndian(start) == size;
        if (!isBig && BinaryPrimitives.ReadInt32LittleEndian(start) != size)
        {
            throw Refused(where, "has a damaged header");
        }

        if (start.Length < size)
        {
            throw Refused(where, "is cut short");
        }

        var bytes = new HeaderBytes(start[..size].ToArray(), isBig);
        return isSecond ? Second(bytes, where) : First(bytes, where);
    }

    private static NiftiHeader First(HeaderBytes bytes, string where) => Checked(
        new NiftiHeader(
            Lengths(where, bytes.Short(40), axis => bytes.Short(40 + (2 * axis))),
            Distances(bytes.Short(40), axis => bytes.Single(76 + (4 * axis))),
            bytes.Short(70),
            bytes.Short(72) / 8,
            (long)Math.Clamp(bytes.Single(108), 0f, 1e9f),
            bytes.Single(112),
            bytes.Single(116),
            bytes.Single(128),
            bytes.Single(124),
            NiftiOrientation.Of(bytes.Short(252), bytes.Short(254), (row, column) => bytes.Single(280 + (16 * row) + (4 * column)), i => bytes.Single(256 + (4 * i)), bytes.Single(76)),
            bytes.IsBig),
        where);

    private static NiftiHeader Second(HeaderBytes bytes, string where) => Checked(
        new NiftiHeader(
            Lengths(where, bytes.Long(16), axis => bytes.Long(16 + (8 * axis))),
            Distances(bytes.Long(16), axis => bytes.Double(104 + (8 * axis))),
            bytes.Short(12),
            bytes.Short(14) / 8,
            Math.Clamp(bytes.Long(168), 0, 1_000_000_000),
            bytes.Double(176),
            bytes.Double(184),
            bytes.Double(200),
            bytes.Double(192),
            NiftiOrientation.Of(bytes.Int(344), bytes.Int(348), (row, column) => bytes.Double(400 + (32 * row) + (8 * column)), i => bytes.Double(352 + (8 * i)), bytes.Double(104)),
            bytes.IsBig),
        where);

    private static ImmutableArray<long> Lengths(string where, long axes, Func<int, long> length)
    {
        if (axes is < 1 or > 7)
        {
            throw Refused(where, "has a damaged header (its number of axes is not 1 to 7)");
        }

        var lengths = Enumerable.Range(1, (int)axes).Select(length).ToImmutableArray();
        double count = lengths.Aggregate(1.0, (product, voxels) => product * voxels);
        return lengths.All(voxels => voxels >= 1) && count <= PictureLimits.LargestSamples * 16.0
            ? lengths
            : throw Refused(where, "claims a size that cannot be");
    }

    private static ImmutableArray<double> Distances(long axes, Func<int, double> distance) => [.. Enumerable.Range(1, (int)axes).Select(axis => Math.Abs(distance(axis)))];

    private static NiftiHeader Checked(NiftiHeader header, string where)
    {
        int expected = header.Type switch
        {
            2 or 256 => 1,
            4 or 512 => 2,
            8 or 16 or 768 => 4,
            64 => 8,
            _ => 0,
        };
        if (expected == 0)
        {
            throw Refused(where, "has voxels that are no plain numbers (colour, complex or 64-bit)");
        }

        if (header.ElementBytes != expected)
        {
            throw Refused(where, "has a damaged header (its type and its bits a voxel disagree)");
        }

        bool isScaled = double.IsFinite(header.Slope) && header.Slope != 0 && double.IsFinite(header.Intercept);
        return isScaled ? header : header with { Slope = 1, Intercept = 0 };
    }

    private static DataException Refused(string where, string what) => new($"{where}: {what}, so it cannot be read: write it anew as one .nii or .nii.gz file.");

    /// <summary>Fields of the header by offset, in the file's byte order.</summary>
    private sealed class HeaderBytes(byte[] bytes, bool isBig)
    {
        public bool IsBig { get; } = isBig;

        public short Short(int at) => IsBig ? BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at));

        public int Int(int at) => IsBig ? BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

        public long Long(int at) => IsBig ? BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));

        public float Single(int at) => IsBig ? BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at));

        public double Double(int at) => IsBig ? BinaryPrimitives.ReadDoubleBigEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at));
    }
}
