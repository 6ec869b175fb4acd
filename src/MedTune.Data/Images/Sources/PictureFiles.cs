namespace MedTune.Data.Images;

/// <summary>Reads the picture of a sample that is a file of its own: an ordinary picture, or a frame of a DICOM file as a display would show it.</summary>
internal static class PictureFiles
{
    /// <summary>Decodes it.</summary>
    /// <exception cref="DataException">The picture is damaged or cannot be read.</exception>
    public static PixelImage Read(PicturePlace place, int smallestSide)
    {
        byte[] data = PictureReader.Bytes(place.File);
        return IsDicom(place.File, data)
            ? DicomFile.Open(data, place.File, null).Displayed((int)place.Index).Image
            : PictureReader.Decode(data, smallestSide, place.File);
    }

    /// <summary>Whether a file is DICOM: by its content, or by its name where it starts without a preamble.</summary>
    public static bool IsDicom(string file, ReadOnlySpan<byte> start) => PictureSignature.Of(start[..Math.Min(start.Length, PictureSignature.Length)]) switch
    {
        PictureKind.Dicom => true,
        PictureKind.Unknown => file.EndsWith(".dcm", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
