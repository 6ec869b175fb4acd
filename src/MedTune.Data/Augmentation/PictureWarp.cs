namespace MedTune.Data.Augmentation;

/// <summary>Moves the pixels of a picture: every new pixel is read between four old ones (bilinear); beyond the border the picture is mirrored.</summary>
internal static class PictureWarp
{
    /// <summary>Where a new pixel comes from, in pixels of the old picture; the centre of the first pixel is (0, 0).</summary>
    public delegate (double X, double Y) Source(int x, int y);

    /// <summary>Reads every pixel anew.</summary>
    public static void Apply(TrainingPicture picture, Source source)
    {
        float[] old = [.. picture.Samples];
        int at = 0;
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                (double sourceX, double sourceY) = source(x, y);
                Read(picture, old, sourceX, sourceY, picture.Samples.AsSpan(at, picture.Channels));
                at += picture.Channels;
            }
        }
    }

    /// <summary>A linear map about the picture's centre: new (x, y) comes from matrix * (x, y) + shift, with coordinates from the centre.</summary>
    public static void Linear(TrainingPicture picture, double xx, double xy, double yx, double yy, double shiftX, double shiftY)
    {
        (double middleX, double middleY) = ((picture.Width - 1) / 2.0, (picture.Height - 1) / 2.0);
        Apply(picture, (x, y) =>
        {
            (double fromX, double fromY) = (x - middleX, y - middleY);
            return ((xx * fromX) + (xy * fromY) + middleX + shiftX, (yx * fromX) + (yy * fromY) + middleY + shiftY);
        });
    }

    private static void Read(TrainingPicture picture, float[] old, double x, double y, Span<float> pixel)
    {
        (double floorX, double floorY) = (Math.Floor(x), Math.Floor(y));
        (double shareX, double shareY) = (x - floorX, y - floorY);
        (int left, int right) = (Mirrored((int)floorX, picture.Width), Mirrored((int)floorX + 1, picture.Width));
        (int top, int bottom) = (Mirrored((int)floorY, picture.Height), Mirrored((int)floorY + 1, picture.Height));
        for (int channel = 0; channel < pixel.Length; channel++)
        {
            double above = Between(At(left, top), At(right, top), shareX);
            double below = Between(At(left, bottom), At(right, bottom), shareX);
            pixel[channel] = (float)Between(above, below, shareY);

            float At(int column, int row) => old[(((row * picture.Width) + column) * picture.Channels) + channel];
        }
    }

    // Exact where the share is 0, so that a map that moves nothing changes nothing.
    private static double Between(double one, double other, double share) => one + (share * (other - one));

    private static int Mirrored(int place, int length)
    {
        int period = 2 * length;
        int within = ((place % period) + period) % period;
        return within < length ? within : period - 1 - within;
    }
}
