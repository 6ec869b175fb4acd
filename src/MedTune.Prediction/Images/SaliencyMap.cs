namespace MedTune.Prediction;

/// <summary>Where in a picture the answer comes from: cells of equal size over the whole picture.</summary>
/// <param name="Method">How it was found.</param>
/// <param name="Columns">Cells from left to right.</param>
/// <param name="Rows">Cells from top to bottom.</param>
/// <param name="Values">[rows, columns], 0 to 1; all 0 where nothing in the picture speaks for the class.</param>
/// <param name="Meaning">What 1 and 0 mean, as a sentence.</param>
internal sealed record SaliencyMap(string Method, int Columns, int Rows, float[] Values, string Meaning)
{
    /// <summary>The map at the size of a picture, from cell to cell without steps.</summary>
    /// <returns>[height, width], 0 to 1.</returns>
    public float[] At(int width, int height)
    {
        var map = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            var (top, down) = Place(y, height, Rows);
            for (int x = 0; x < width; x++)
            {
                var (left, right) = Place(x, width, Columns);
                int below = Math.Min(top + 1, Rows - 1), beside = Math.Min(left + 1, Columns - 1);
                double high = (Values[(top * Columns) + left] * (1 - right)) + (Values[(top * Columns) + beside] * right);
                double low = (Values[(below * Columns) + left] * (1 - right)) + (Values[(below * Columns) + beside] * right);
                map[(y * width) + x] = (float)((high * (1 - down)) + (low * down));
            }
        }

        return map;
    }

    /// <summary>Sums that are brought to 0..1: what is below 0 speaks against the class and becomes 0.</summary>
    public static float[] Scaled(ReadOnlySpan<double> sums)
    {
        double most = 0;
        foreach (double sum in sums)
        {
            most = Math.Max(most, sum);
        }

        var values = new float[sums.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = most > 0 ? (float)(Math.Max(0, sums[i]) / most) : 0;
        }

        return values;
    }

    /// <summary>The cell whose middle lies before a pixel's middle, and how far the pixel is on the way to the next.</summary>
    private static (int Cell, double Share) Place(int pixel, int pixels, int cells)
    {
        double place = Math.Clamp(((pixel + 0.5) * cells / pixels) - 0.5, 0, cells - 1);
        int cell = (int)place;
        return (cell, place - cell);
    }
}
