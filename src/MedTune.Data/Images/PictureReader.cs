namespace MedTune.Data.Images;

/// <summary>Reads files of one picture: PNG, JPEG, TIFF, WebP and JPEG 2000, 8 and 16 bits deep, turned upright as the file says.</summary>
/// <remarks>The depth is kept: 16-bit pictures give values to 65535. A picture that is cut short is an error, never half grey.</remarks>
public static class PictureReader
{
    private const long LargestFile = 1L << 30;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="smallestSide">Where above 0, a JPEG may be decoded at a half, a quarter or an eighth of its size as long as both sides stay at least so long; for training only.</param>
    /// <exception cref="DataException">The file is no picture, damaged or too large, or libvips is missing.</exception>
    public static PixelImage Read(string path, int smallestSide = 0)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Decode(Bytes(path), smallestSide, path);
    }

    /// <summary>Reads a picture from the bytes of its file.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="smallestSide">As for a file.</param>
    /// <param name="where">How messages name it.</param>
    /// <exception cref="DataException">The bytes are no picture, damaged or too large, or libvips is missing.</exception>
    public static PixelImage Decode(ReadOnlySpan<byte> data, int smallestSide, string where)
    {
        var kind = PictureSignature.Of(data[..Math.Min(data.Length, PictureSignature.Length)]);
        return IsPicture(kind)
            ? VipsImages.Read(data, smallestSide, where).ToImage(where)
            : throw new DataException($"{where}: is none of PNG, JPEG, TIFF, WebP and JPEG 2000{Told(kind, data.Length)}: convert it, or leave it out.");
    }

    internal static bool IsPicture(PictureKind kind) =>
        kind is PictureKind.Png or PictureKind.Jpeg or PictureKind.Tiff or PictureKind.WebP or PictureKind.Jpeg2000;

    internal static byte[] Bytes(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Length <= LargestFile
                ? File.ReadAllBytes(path)
                : throw new DataException($"{path}: is larger than a gigabyte, which no single picture here is: leave it out.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataException($"{path}: cannot be read; check that it is there and that you may read it.", failure);
        }
    }

    private static string Told(PictureKind kind, int length) => kind switch
    {
        _ when length == 0 => " (it is empty)",
        PictureKind.Dicom => " but DICOM",
        PictureKind.Nifti => " but a NIfTI volume",
        PictureKind.Gzip or PictureKind.Zip => " but an archive",
        _ => "",
    };
}
