namespace MedTune.Data.Images;

/// <summary>Stretches a slice of a volume whose voxels are longer one way, so that things in it keep their form.</summary>
internal static class SquareVoxels
{
    // Less is not seen; more is a slip in the header rather than a scanner's.
    private const double Least = 1.01;
    private const double Most = 20;

    /// <summary>The slice with as many more rows, or columns, as make its voxels square; between two voxels lies the line from one to the other.</summary>
    /// <param name="slice">A grey slice.</param>
    /// <param name="along">Distance between voxels of a row.</param>
    /// <param name="down">Distance between rows.</param>
    /// <returns>The same slice where a distance is not known, they are equal, or the picture would become too large.</returns>
    public static PixelImage Of(PixelImage slice, double along, double down)
    {
        double ratio = Math.Abs(down) / Math.Abs(along);
        if (!(ratio is >= 1 / Most and <= Most) || ratio is > 1 / Least and < Least)
        {
            return slice;
        }

        (int width, int height) = ratio > 1
            ? (slice.Width, (int)Math.Round(slice.Height * ratio, MidpointRounding.AwayFromZero))
            : ((int)Math.Round(slice.Width / ratio, MidpointRounding.AwayFromZero), slice.Height);
        if ((long)width * height > PictureLimits.LargestSamples)
        {
            return slice;
        }

        float[] samples = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            (int top, int bottom, float below) = Between(y, height, slice.Height);
            for (int x = 0; x < width; x++)
            {
                (int left, int right, float beside) = Between(x, width, slice.Width);
                float upper = Blend(slice.Samples[(top * slice.Width) + left], slice.Samples[(top * slice.Width) + right], beside);
                float lower = Blend(slice.Samples[(bottom * slice.Width) + left], slice.Samples[(bottom * slice.Width) + right], beside);
                samples[(y * width) + x] = Blend(upper, lower, below);
            }
        }

        return new PixelImage(width, height, 1, samples, slice.Low, slice.High);
    }

    /// <summary>The two old places around the middle of a new one, and how far it is from the first to the second.</summary>
    private static (int First, int Second, float Share) Between(int place, int count, int before)
    {
        double middle = Math.Clamp(((place + 0.5) * before / count) - 0.5, 0, before - 1);
        int first = (int)middle;
        return (first, Math.Min(first + 1, before - 1), (float)(middle - first));
    }

    private static float Blend(float one, float other, float share) => one == other ? one : one + (share * (other - one));
}
