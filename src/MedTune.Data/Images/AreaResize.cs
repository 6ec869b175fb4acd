namespace MedTune.Data.Images;

/// <summary>Makes pictures smaller by the mean of the area that each new pixel covers, and larger by repeating.</summary>
internal static class AreaResize
{
    /// <summary>A grey picture of the mean of the channels, each value from 0 (black) to 1.</summary>
    /// <returns>[height, width].</returns>
    public static float[] Grey(PixelImage image, int width, int height)
    {
        return Columns(Rows(image, width), image.Height, width, height);
    }

    /// <summary>A square grey picture made smaller by a whole factor.</summary>
    /// <param name="grey">[side, side].</param>
    /// <param name="side">Pixels along its sides, a multiple of <paramref name="smaller"/>.</param>
    /// <param name="smaller">Pixels along the sides of the result.</param>
    public static float[] Smaller(float[] grey, int side, int smaller)
    {
        int factor = side / smaller;
        float[] result = new float[smaller * smaller];
        for (int i = 0; i < result.Length; i++)
        {
            double sum = 0;
            for (int part = 0; part < factor * factor; part++)
            {
                int y = (i / smaller * factor) + (part / factor);
                sum += grey[(y * side) + (i % smaller * factor) + (part % factor)];
            }

            result[i] = (float)(sum / (factor * factor));
        }

        return result;
    }

    private static float[] Columns(double[] rows, int from, int width, int height)
    {
        float[] result = new float[width * height];
        double[] column = new double[from];
        for (int x = 0; x < width; x++)
        {
            for (int y = 0; y < from; y++)
            {
                column[y] = rows[((long)y * width) + x];
            }

            for (int y = 0; y < height; y++)
            {
                result[(y * width) + x] = (float)Mean(column, y, height);
            }
        }

        return result;
    }

    /// <summary>Every row at the new width.</summary>
    private static double[] Rows(PixelImage image, int width)
    {
        double scale = 1.0 / ((image.High - image.Low) * image.Channels);
        double[] rows = new double[(long)image.Height * width];
        double[] row = new double[image.Width];
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                double sum = 0;
                for (int channel = 0; channel < image.Channels; channel++)
                {
                    sum += image.Samples[((((long)y * image.Width) + x) * image.Channels) + channel] - image.Low;
                }

                row[x] = sum * scale;
            }

            for (int x = 0; x < width; x++)
            {
                rows[((long)y * width) + x] = Mean(row, x, width);
            }
        }

        return rows;
    }

    /// <summary>The mean over the part of a line that new element <paramref name="index"/> of <paramref name="count"/> covers; pixels at the ends count by their share.</summary>
    private static double Mean(double[] line, int index, int count)
    {
        double step = (double)line.Length / count;
        (double from, double to) = (index * step, (index + 1) * step);
        (double sum, double weight) = (0, 0);
        for (int i = (int)from; i < line.Length && i < to; i++)
        {
            double share = Math.Min(to, i + 1) - Math.Max(from, i);
            if (share > 0)
            {
                sum += share * line[i];
                weight += share;
            }
        }

        return weight > 0 ? sum / weight : line[Math.Min((int)from, line.Length - 1)];
    }
}
