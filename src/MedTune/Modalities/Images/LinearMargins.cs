namespace MedTune.Modalities.Images;

/// <summary>Margins that are linear in the features of a picture as the network gives them.</summary>
/// <param name="Weights">[features, margins].</param>
/// <param name="Intercepts">One per margin.</param>
internal sealed record LinearMargins(float[] Weights, float[] Intercepts)
{
    /// <summary>Number of margins: one for two classes, else one per class or finding.</summary>
    public int Count => Intercepts.Length;

    /// <summary>The margins of pictures as they are, one row for each.</summary>
    public float[] Of(ImageFeatureSet features, ReadOnlySpan<int> samples)
    {
        var margins = new float[samples.Length * Count];
        for (int i = 0; i < samples.Length; i++)
        {
            var row = features.Row(samples[i]);
            for (int k = 0; k < Count; k++)
            {
                double sum = Intercepts[k];
                for (int j = 0; j < row.Length; j++)
                {
                    sum += (double)row[j] * Weights[(j * Count) + k];
                }

                margins[(i * Count) + k] = (float)sum;
            }
        }

        return margins;
    }

    /// <summary>Several margins side by side.</summary>
    public static LinearMargins Joined(IReadOnlyList<LinearMargins> parts)
    {
        int width = parts[0].Weights.Length;
        var weights = new float[width * parts.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = parts[i % parts.Count].Weights[i / parts.Count];
        }

        return new LinearMargins(weights, [.. parts.Select(part => part.Intercepts[0])]);
    }
}
