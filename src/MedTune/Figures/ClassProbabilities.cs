using MedTune.Tensors;

namespace MedTune;

/// <summary>Probabilities from margins, in float as the exported graph computes them.</summary>
internal static class ClassProbabilities
{
    /// <summary>One row of probabilities per sample.</summary>
    /// <param name="margins">One per sample for two classes, else one per class.</param>
    /// <param name="classes">Number of classes.</param>
    public static float[][] Of(ReadOnlySpan<float> margins, int classes)
    {
        int width = classes == 2 ? 1 : classes;
        var rows = new float[margins.Length / width][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = width == 1 ? Binary(margins[i]) : Softmax(margins.Slice(i * width, width));
        }

        return rows;
    }

    private static float[] Binary(float margin)
    {
        float positive = FloatMath.Sigmoid(margin);
        return [1 - positive, positive];
    }

    private static float[] Softmax(ReadOnlySpan<float> margins)
    {
        float largest = margins[0];
        foreach (float margin in margins)
        {
            largest = MathF.Max(largest, margin);
        }

        var row = new float[margins.Length];
        double sum = 0;
        for (int k = 0; k < row.Length; k++)
        {
            row[k] = FloatMath.Exp(margins[k] - largest);
            sum += row[k];
        }

        for (int k = 0; k < row.Length; k++)
        {
            row[k] = (float)(row[k] / sum);
        }

        return row;
    }
}
