namespace MedTune.Data.Images;

/// <summary>Reads the picture of a sample that is a file of its own: an ordinary picture, a frame of a DICOM file as a display would show it, or a slice of a volume.</summary>
internal sealed class PictureFiles
{
    private readonly VolumeCache _volumes = new();

    /// <summary>Decodes it.</summary>
    /// <exception cref="DataException">The picture is damaged or cannot be read.</exception>
    public PixelImage Read(PicturePlace place, int smallestSide)
    {
        if (place.Plane is { } plane)
        {
            return place.Index == PicturePlace.TooMany
                ? throw new DataException($"{place.File}: claims more than 16384 slices, which no volume of a patient has: write it anew, or leave it out.")
                : _volumes.Of(place.File).Slice(plane, place.Index);
        }

        byte[] data = PictureReader.Bytes(place.File);
        return IsDicom(place.File, data)
            ? DicomFile.Open(data, place.File, null).Displayed((int)place.Index).Image
            : PictureReader.Decode(data, smallestSide, place.File);
    }

    /// <summary>What a file is, by its content; DICOM without a preamble by its name.</summary>
    public static PictureFileKind KindOf(string file)
    {
        byte[] start = Start(file);
        return PictureSignature.Of(start) switch
        {
            PictureKind.Nifti => PictureFileKind.Volume,
            PictureKind.Gzip => NiftiVolume.IsPacked(file) ? PictureFileKind.Volume : PictureFileKind.None,
            var kind when PictureReader.IsPicture(kind) => PictureFileKind.Picture,
            _ => IsDicom(file, start) ? PictureFileKind.Dicom : PictureFileKind.None,
        };
    }

    private static bool IsDicom(string file, ReadOnlySpan<byte> start) => PictureSignature.Of(start[..Math.Min(start.Length, PictureSignature.Length)]) switch
    {
        PictureKind.Dicom => true,
        PictureKind.Unknown => file.EndsWith(".dcm", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static byte[] Start(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            byte[] start = new byte[PictureSignature.Length];
            int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return start[..length];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
