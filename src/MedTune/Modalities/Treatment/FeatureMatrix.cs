namespace MedTune.Modalities.Treatment;

/// <summary>What was known of each patient before treatment, as numbers: missing as NaN, levels as codes.</summary>
/// <param name="Values">Row by row.</param>
/// <param name="IsCategory">Per column: whether its values are codes of levels.</param>
internal sealed record FeatureMatrix(float[] Values, bool[] IsCategory)
{
    /// <summary>Number of columns.</summary>
    public int Width => IsCategory.Length;

    /// <summary>The same with one more column of codes, such as an arm for every row.</summary>
    public FeatureMatrix With(float[] codes)
    {
        int width = Width;
        var values = new float[codes.Length * (width + 1)];
        for (int row = 0; row < codes.Length; row++)
        {
            Values.AsSpan(row * width, width).CopyTo(values.AsSpan(row * (width + 1)));
            values[(row * (width + 1)) + width] = codes[row];
        }

        return new FeatureMatrix(values, [.. IsCategory, true]);
    }
}
