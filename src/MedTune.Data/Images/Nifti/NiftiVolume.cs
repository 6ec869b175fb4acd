using System.Buffers.Binary;
using System.IO.Compression;

namespace MedTune.Data.Images;

/// <summary>A NIfTI file in memory (<c>.nii</c> or <c>.nii.gz</c>): its header, its values and its slices as pictures.</summary>
public sealed class NiftiVolume
{
    // Values beyond are damage; a display range ends here.
    private const double Farthest = 1e30;

    // A slice is shown from the 0.5th to the 99.5th percentile, so that a few hot voxels do not darken it, taken of a million voxels at most.
    private const double Tail = 0.005;
    private const int MostMeasured = 1 << 20;

    private readonly byte[] _voxels;
    private readonly Lazy<(float Low, float High)> _shown;

    private NiftiVolume(NiftiHeader header, byte[] voxels)
    {
        (Header, _voxels) = (header, voxels);
        _shown = new Lazy<(float Low, float High)>(Shown);
    }

    /// <summary>Shape, scaling and orientation.</summary>
    public NiftiHeader Header { get; }

    /// <summary>Slices across the third axis, those of all volumes of the file counted.</summary>
    public long Slices => Header.Count / (Header.Lengths[0] * Width(1));

    /// <summary>Bytes of its voxels in memory.</summary>
    internal long Bytes => _voxels.Length;

    /// <summary>Reads the header of a file alone.</summary>
    /// <param name="path">A <c>.nii</c> or <c>.nii.gz</c> file.</param>
    /// <exception cref="DataException">The file is no NIfTI file, or its header is damaged.</exception>
    public static NiftiHeader ReadHeader(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return NiftiHeaderReader.Read(Start(path), path);
    }

    /// <summary>Whether a gzip file holds a NIfTI file.</summary>
    internal static bool IsPacked(string path)
    {
        try
        {
            return NiftiHeaderReader.IsNifti(Start(path));
        }
        catch (DataException)
        {
            return false;
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A <c>.nii</c> or <c>.nii.gz</c> file.</param>
    /// <exception cref="DataException">The file is no NIfTI file, damaged, or too large.</exception>
    public static NiftiVolume Open(string path)
    {
        using var file = Opened(path);
        return Open(file, path);
    }

    /// <summary>Reads a file from a stream.</summary>
    /// <param name="stream">The file; it must be able to seek.</param>
    /// <param name="where">How messages name it.</param>
    /// <exception cref="DataException">The file is no NIfTI file, damaged, or too large.</exception>
    public static NiftiVolume Open(Stream stream, string where)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Unpacked(stream, where, content => ReadWhole(content, where));
    }

    /// <summary>A voxel's value, scaled as the header says.</summary>
    /// <param name="index">The voxel's number: the first axis runs fastest.</param>
    public double this[long index] => (Stored(index) * Header.Slope) + Header.Intercept;

    /// <summary>A slice across the third axis as a grey picture; the range is the header's for display, or that of the whole volume.</summary>
    /// <param name="index">0 to <see cref="Slices"/> - 1.</param>
    public PixelImage Slice(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Slices);
        (int width, int height) = (Width(0), Width(1));
        float[] samples = new float[width * height];
        long start = index * samples.Length;
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (float)this[start + i];
        }

        (float low, float high) = Range();
        return new PixelImage(width, height, 1, samples, low, high);
    }

    /// <summary>A slice of one plane as a grey picture, turned as a radiologist sees it; of a series of volumes, one of the first. Shown from the 0.5th to the 99.5th
    /// percentile of the volume's values, or in the range that the header names; where voxels are longer one way, stretched that way until they are square.</summary>
    /// <param name="plane">Axial, coronal or sagittal; where the header does not say where its axes point, slices lie across the third axis.</param>
    /// <param name="index">0 to the number of slices of that plane - 1, in the order of the file.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such plane or slice.</exception>
    public PixelImage Slice(AnatomicalPlane plane, long index)
    {
        var cut = NiftiCut.Of(Header.Orientation, plane);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Width(cut.Across));
        (int width, int height) = (Width(cut.Along), Width(cut.Down));
        (float low, float high) = _shown.Value;
        float[] samples = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            long row = (index * Stride(cut.Across)) + ((cut.IsDownReversed ? height - 1 - y : y) * Stride(cut.Down));
            for (int x = 0; x < width; x++)
            {
                double value = this[row + ((cut.IsAlongReversed ? width - 1 - x : x) * Stride(cut.Along))];
                samples[(y * width) + x] = double.IsNaN(value) ? low : (float)Math.Clamp(value, low, high);
            }
        }

        return SquareVoxels.Of(new PixelImage(width, height, 1, samples, low, high), Spacing(cut.Along), Spacing(cut.Down));
    }

    /// <summary>The smallest and the largest value of the volume that are numbers.</summary>
    public (double Low, double High) Extremes()
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (long i = 0; i < Header.Count; i++)
        {
            double value = this[i];
            if (double.IsFinite(value))
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }

        return low <= high ? (low, high) : (0, 0);
    }

    private (float Low, float High) Range() => Bounded(Header.DisplayLow < Header.DisplayHigh ? (Header.DisplayLow, Header.DisplayHigh) : Extremes());

    private (float Low, float High) Shown()
    {
        long count = (long)Width(0) * Width(1) * Width(2);
        long step = Math.Max(1, count / MostMeasured);
        var values = new List<double>();
        for (long i = 0; i < count; i += step)
        {
            if (double.IsFinite(this[i]))
            {
                values.Add(this[i]);
            }
        }

        values.Sort();
        bool isEven = values.Count == 0 || values[At(Tail)] >= values[At(1 - Tail)];
        return isEven || Header.DisplayLow < Header.DisplayHigh ? Range() : Bounded((values[At(Tail)], values[At(1 - Tail)]));

        int At(double share) => (int)Math.Round(share * (values.Count - 1), MidpointRounding.AwayFromZero);
    }

    private static (float Low, float High) Bounded((double Low, double High) range)
    {
        (double low, double high) = range;
        (float black, float white) = ((float)Math.Clamp(low, -Farthest, Farthest), (float)Math.Clamp(high, -Farthest, Farthest));
        return black < white ? (black, white) : (black, MathF.BitIncrement(black)); // a volume of one value has no range of its own
    }

    private long Stride(int axis) => axis switch
    {
        0 => 1,
        1 => Width(0),
        _ => (long)Width(0) * Width(1),
    };

    private int Width(int axis) => axis < Header.Lengths.Length ? (int)Header.Lengths[axis] : 1;

    private double Spacing(int axis) => axis < Header.Spacing.Length ? Header.Spacing[axis] : double.NaN;

    private double Stored(long index)
    {
        ReadOnlySpan<byte> voxel = _voxels.AsSpan((int)(index * Header.ElementBytes), Header.ElementBytes);
        return (Header.Type, Header.IsBigEndian) switch
        {
            (2, _) => voxel[0],
            (256, _) => (sbyte)voxel[0],
            (4, false) => BinaryPrimitives.ReadInt16LittleEndian(voxel),
            (4, true) => BinaryPrimitives.ReadInt16BigEndian(voxel),
            (512, false) => BinaryPrimitives.ReadUInt16LittleEndian(voxel),
            (512, true) => BinaryPrimitives.ReadUInt16BigEndian(voxel),
            (8, false) => BinaryPrimitives.ReadInt32LittleEndian(voxel),
            (8, true) => BinaryPrimitives.ReadInt32BigEndian(voxel),
            (768, false) => BinaryPrimitives.ReadUInt32LittleEndian(voxel),
            (768, true) => BinaryPrimitives.ReadUInt32BigEndian(voxel),
            (16, false) => BinaryPrimitives.ReadSingleLittleEndian(voxel),
            (16, true) => BinaryPrimitives.ReadSingleBigEndian(voxel),
            (_, false) => BinaryPrimitives.ReadDoubleLittleEndian(voxel),
            _ => BinaryPrimitives.ReadDoubleBigEndian(voxel),
        };
    }

    private static byte[] Start(string path)
    {
        using var file = Opened(path);
        return Unpacked(file, path, content =>
        {
            byte[] start = new byte[540];
            return start[..content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        });
    }

    private static FileStream Opened(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read; check that it is there and that you may read it.", failure);
        }
    }

    private static T Unpacked<T>(Stream stream, string where, Func<Stream, T> read)
    {
        Span<byte> signature = stackalloc byte[2];
        bool isPacked = stream.ReadAtLeast(signature, 2, throwOnEndOfStream: false) == 2 && signature[0] == 0x1F && signature[1] == 0x8B;
        stream.Position = 0;
        try
        {
            if (!isPacked)
            {
                return read(stream);
            }

            using var unpacked = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            return read(unpacked);
        }
        catch (InvalidDataException failure)
        {
            throw new DataException($"{where}: its compression is damaged, so it cannot be read: get the file again from where it came from.", failure);
        }
    }

    private static NiftiVolume ReadWhole(Stream stream, string where)
    {
        byte[] start = new byte[540];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var header = NiftiHeaderReader.Read(start.AsSpan(0, read), where);
        long length = header.Count * header.ElementBytes;
        if (length > PictureLimits.LargestSamples * 4 || header.Lengths[0] * (header.Lengths.Length > 1 ? header.Lengths[1] : 1) > PictureLimits.LargestSamples)
        {
            throw new DataException($"{where}: holds {length} bytes of voxels; at most a gigabyte is read: cut it into smaller volumes.");
        }

        // What the header says is believed piece by piece, so that a short file never makes a large array.
        using var voxels = new MemoryStream();
        long skipped = read;
        byte[] piece = new byte[1 << 16];
        if (header.Start < read)
        {
            int from = (int)Math.Max(header.Start, 0);
            voxels.Write(start, from, (int)Math.Min(read - from, length));
        }

        while (voxels.Length < length)
        {
            int count = stream.Read(piece);
            if (count == 0)
            {
                throw new DataException($"{where}: is cut short ({voxels.Length} of {length} bytes of voxels): get the file again from where it came from.");
            }

            int drop = (int)Math.Clamp(header.Start - skipped, 0, count);
            skipped += count;
            voxels.Write(piece, drop, (int)Math.Min(count - drop, length - voxels.Length));
        }

        return new NiftiVolume(header, voxels.ToArray());
    }
}
