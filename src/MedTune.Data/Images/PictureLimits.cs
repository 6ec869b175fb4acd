namespace MedTune.Data.Images;

/// <summary>How large a picture may claim to be before anything is allocated for it.</summary>
internal static class PictureLimits
{
    /// <summary>Samples of one decoded picture: 2^28, a gigabyte as floats.</summary>
    public const long LargestSamples = 1L << 28;

    /// <summary>Refuses sizes that no picture has.</summary>
    /// <exception cref="DataException">The size is not positive, or too large.</exception>
    public static void Check(long width, long height, long channels, string where)
    {
        if (width < 1 || height < 1 || channels < 1)
        {
            throw new DataException($"{where}: says that it is {width} x {height} pixels, which is no picture: get the file again, or leave it out.");
        }

        if (width > LargestSamples || height > LargestSamples || width * height > LargestSamples / channels)
        {
            throw new DataException(
                $"{where}: says that it is {width} x {height} pixels with {channels} channels; at most 2^28 samples are read: make the picture smaller, or leave it out.");
        }
    }
}
