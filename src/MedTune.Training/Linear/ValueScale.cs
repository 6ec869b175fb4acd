using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>How raw measurements are brought together before a linear model: intensities with a long tail by an inverse hyperbolic sine, all others as they are.</summary>
/// <remarks>
/// <c>asinh((x - centre) / width)</c> is straight where measurements are noise and a logarithm far out, and takes negative intensities too (Huber et al., Bioinformatics 18, 2002).
/// Only the values of training samples decide, never their labels.
/// </remarks>
/// <param name="Centre">The median of all measurements.</param>
/// <param name="Width">The distance of their quartiles; 0 where values stay as they are.</param>
internal readonly record struct ValueScale(double Centre, double Width)
{
    // Of quartile distances between the median and the 99 % quantile a normal distribution has 1.7, one with exponential tails 2.8, intensities have 10 to 30.
    private const double LongTail = 5;
    private const int MostValues = 1 << 20;

    /// <summary>Values stay as they are.</summary>
    public static ValueScale None => default;

    /// <summary>Whether values are changed.</summary>
    public bool IsLogarithmic => Width > 0;

    /// <summary>Looks at the measurements of some samples.</summary>
    /// <param name="matrix">Row by row, missing as NaN.</param>
    /// <param name="features">Values of a row.</param>
    /// <param name="rows">The samples that may be looked at.</param>
    public static ValueScale Of(ReadOnlySpan<float> matrix, int features, ReadOnlySpan<int> rows)
    {
        // Every so-manieth value, where there are very many; a step that is odd and shares nothing with the row length walks through all features.
        long all = (long)rows.Length * features;
        long step = Math.Max(1, all / MostValues) | 1;
        var values = new List<float>((int)Math.Min(all, MostValues * 2L));
        for (long i = 0; i < all; i += step)
        {
            float value = matrix[(rows[(int)(i / features)] * features) + (int)(i % features)];
            if (!float.IsNaN(value))
            {
                values.Add(value);
            }
        }

        if (values.Count < 4)
        {
            return None;
        }

        values.Sort();
        double median = values[values.Count / 2];
        double width = (double)values[(int)(0.75 * values.Count)] - values[(int)(0.25 * values.Count)];
        double high = values[(int)(0.99 * values.Count)];
        return width > 0 && high - median > LongTail * width ? new ValueScale(median, width) : None;
    }

    /// <summary>The changed value.</summary>
    public double Apply(float value)
    {
        if (!IsLogarithmic || float.IsNaN(value))
        {
            return value;
        }

        // The logarithm in float, as the model's graph has it; tables have millions of values.
        double ratio = (value - Centre) / Width, size = Math.Abs(ratio);
        float result = FloatMath.Log1p((float)(size + (size * size / (1 + Math.Sqrt(1 + (size * size))))));
        return ratio < 0 ? -result : result;
    }
}
