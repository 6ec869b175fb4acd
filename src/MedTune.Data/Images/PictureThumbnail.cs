namespace MedTune.Data.Images;

/// <summary>Small versions of pictures, for pages and for comparing.</summary>
public static class PictureThumbnail
{
    /// <summary>A picture made smaller in its own proportions, each new pixel the mean of what it covers; the picture itself where it is small enough.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="longestSide">Pixels along its longer side at most, at least 1.</param>
    public static PixelImage Of(PixelImage picture, int longestSide)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(longestSide, 1);
        int longest = Math.Max(picture.Width, picture.Height);
        if (longest <= longestSide)
        {
            return picture;
        }

        int width = Math.Max(1, (int)(((long)picture.Width * longestSide) + (longest / 2)) / longest);
        int height = Math.Max(1, (int)(((long)picture.Height * longestSide) + (longest / 2)) / longest);
        var samples = new float[width * height * picture.Channels];
        for (int channel = 0; channel < picture.Channels; channel++)
        {
            float[] one = AreaResize.Grey(Channel(picture, channel), width, height);
            for (int i = 0; i < one.Length; i++)
            {
                samples[(i * picture.Channels) + channel] = one[i];
            }
        }

        return new PixelImage(width, height, picture.Channels, samples, 0, 1);
    }

    private static PixelImage Channel(PixelImage picture, int channel)
    {
        if (picture.Channels == 1)
        {
            return picture;
        }

        var samples = new float[picture.Samples.Length / picture.Channels];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = picture.Samples[(i * picture.Channels) + channel];
        }

        return new PixelImage(picture.Width, picture.Height, 1, samples, picture.Low, picture.High);
    }
}
