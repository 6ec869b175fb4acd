using System.Buffers.Binary;
using System.IO.Compression;

namespace MedTune.Tests.Data.Images;

/// <summary>Writes small NIfTI-1 files of 16-bit voxels with a matrix that says where their axes point.</summary>
internal static class NiftiFile
{
    /// <summary>The bytes of a file.</summary>
    /// <param name="x">Voxels along the first axis.</param>
    /// <param name="y">Along the second.</param>
    /// <param name="z">Along the third.</param>
    /// <param name="orientation">Where each axis grows, such as <c>RAS</c>; empty for a file that does not say.</param>
    /// <param name="voxel">The value at a place.</param>
    /// <param name="volumes">Volumes in the file; all are the same.</param>
    public static byte[] Write(int x, int y, int z, string orientation, Func<int, int, int, int> voxel, int volumes = 1)
    {
        byte[] file = new byte[352 + (2 * x * y * z * volumes)];
        BinaryPrimitives.WriteInt32LittleEndian(file, 348);
        short[] lengths = [(short)(volumes > 1 ? 4 : 3), (short)x, (short)y, (short)z, (short)volumes];
        for (int i = 0; i < lengths.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(40 + (2 * i)), lengths[i]);
        }

        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(70), 4);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(72), 16);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(108), 352);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(254), (short)(orientation.Length > 0 ? 1 : 0));
        for (int axis = 0; axis < orientation.Length; axis++)
        {
            (int row, int sign) = orientation[axis] switch { 'R' => (0, 1), 'L' => (0, -1), 'A' => (1, 1), 'P' => (1, -1), 'S' => (2, 1), _ => (2, -1) };
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(280 + (16 * row) + (4 * axis)), sign);
        }

        "n+1"u8.CopyTo(file.AsSpan(344));
        for (int i = 0; i < x * y * z * volumes; i++)
        {
            int place = i % (x * y * z);
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(352 + (2 * i)), (short)voxel(place % x, place / x % y, place / (x * y)));
        }

        return file;
    }

    /// <summary>The same, packed.</summary>
    public static byte[] Packed(byte[] file)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(file);
        }

        return packed.ToArray();
    }
}
