namespace MedTune.Tensors;

/// <summary>
/// The numbers per channel with which a gradient goes back through a normalization, as rows of one table, each filled up to whole blocks: mean, 1 / sqrt(variance + epsilon), factor of the
/// gradient, slope and constant of x, and the factor and constant of the way forward, from which bounds behind the normalization are seen.
/// </summary>
public static class NormalizationTable
{
    /// <summary>Rows of a table.</summary>
    public const int Rows = 7;

    internal const int Mean = 0;
    internal const int Inverse = 1;
    internal const int Factor = 2;
    internal const int Slope = 3;
    internal const int Constant = 4;
    internal const int ForwardScale = 5;
    internal const int ForwardShift = 6;

    /// <summary>Fills in what does not hang on the gradient.</summary>
    /// <param name="scale">Per channel, filled up to whole blocks; so are the other three.</param>
    /// <param name="bias">Empty where no bounds are behind the normalization.</param>
    /// <param name="mean">The means.</param>
    /// <param name="variance">The variances.</param>
    /// <param name="epsilon">What is added to them.</param>
    /// <param name="table"><see cref="Rows"/> rows.</param>
    public static void Begin(ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, ReadOnlySpan<float> mean, ReadOnlySpan<float> variance, float epsilon, Span<float> table)
    {
        for (int channel = 0; channel < scale.Length; channel++)
        {
            float inverse = 1 / MathF.Sqrt(variance[channel] + epsilon);
            Row(table, Mean)[channel] = mean[channel];
            Row(table, Inverse)[channel] = inverse;
            Row(table, Factor)[channel] = scale[channel] * inverse;

            // As the way forward computes them, to the bit.
            float factor = scale[channel] / MathF.Sqrt(variance[channel] + epsilon);
            Row(table, ForwardScale)[channel] = factor;
            Row(table, ForwardShift)[channel] = bias.IsEmpty ? 0 : MathF.FusedMultiplyAdd(-mean[channel], factor, bias[channel]);
        }
    }

    /// <summary>
    /// Fills in what the sums give: dx = a (g - mean(g) - n mean(g n)) with n = (x - mean) inverse and a = scale inverse is g times a, plus x times a slope, plus a constant.
    /// </summary>
    internal static void End(Span<float> table, ReadOnlySpan<float> scale, int channel, (double Shifts, double Scales) sums, double count)
    {
        float inverse = Row(table, Inverse)[channel];
        double a = (double)scale[channel] * inverse;
        double slope = count > 0 ? a * sums.Scales / count * inverse : 0;
        Row(table, Slope)[channel] = (float)-slope;
        Row(table, Constant)[channel] = (float)(count > 0 ? (slope * Row(table, Mean)[channel]) - (a * sums.Shifts / count) : 0);
    }

    internal static Span<float> Row(Span<float> table, int row) => table.Slice(row * (table.Length / Rows), table.Length / Rows);
}
