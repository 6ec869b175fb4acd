namespace MedTune.Data.Images;

/// <summary>Reads the picture of a sample that is a file of its own.</summary>
internal static class PictureFiles
{
    /// <summary>Decodes it.</summary>
    /// <exception cref="DataException">The picture is damaged or cannot be read.</exception>
    public static PixelImage Read(PicturePlace place, int smallestSide) => PictureReader.Read(place.File, smallestSide);
}
