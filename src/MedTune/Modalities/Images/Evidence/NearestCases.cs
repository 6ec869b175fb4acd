using System.Collections.Immutable;

namespace MedTune.Modalities.Images;

/// <summary>Finds the training pictures that a network takes for alike.</summary>
internal static class NearestCases
{
    /// <summary>The nearest rows by the cosine of the angle between features, the nearest first; the first of equal ones.</summary>
    /// <param name="features">Features of the picture asked about.</param>
    /// <param name="training">Features of the training pictures as they are.</param>
    /// <param name="count">How many.</param>
    /// <param name="mayShow">Whether a training row may be shown: not one of the same patient.</param>
    public static ImmutableArray<(int Row, double Similarity)> Of(ReadOnlySpan<float> features, ImageFeatureSet training, int count, Func<int, bool> mayShow)
    {
        var found = new List<(int Row, double Similarity)>();
        double length = Length(features);
        for (int row = 0; row < training.Samples; row++)
        {
            if (!mayShow(row))
            {
                continue;
            }

            var other = training.Row(row);
            double lengths = length * Length(other);
            double similarity = lengths > 0 ? Product(features, other) / lengths : 0;
            int place = found.FindIndex(each => similarity > each.Similarity);
            if (place >= 0 || found.Count < count)
            {
                found.Insert(place < 0 ? found.Count : place, (row, similarity));
                found.RemoveRange(Math.Min(count, found.Count), Math.Max(0, found.Count - count));
            }
        }

        return [.. found];
    }

    private static double Length(ReadOnlySpan<float> values) => Math.Sqrt(Product(values, values));

    private static double Product(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
        {
            sum += (double)one[i] * other[i];
        }

        return sum;
    }
}
