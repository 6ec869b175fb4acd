using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What <c>ai.onnx.ml</c> does to the scores of a row at the end, its attribute post_transform.</summary>
internal static class ScoreTransform
{
    /// <summary>The attribute of a node.</summary>
    /// <exception cref="InvalidGraphException">It is not one of those supported.</exception>
    public static string Of(ShapeContext context) => context.Attributes.String("post_transform", "NONE") is "NONE" or "LOGISTIC" or "SOFTMAX" or "SOFTMAX_ZERO"
        ? context.Attributes.String("post_transform", "NONE")
        : throw context.Error("its post_transform is not supported; NONE, LOGISTIC, SOFTMAX and SOFTMAX_ZERO are.");

    /// <summary>Maps a row in place.</summary>
    public static void Apply(string transform, Span<double> scores)
    {
        if (transform == "LOGISTIC")
        {
            foreach (ref double score in scores)
            {
                score = DoubleMath.Sigmoid(score);
            }
        }
        else if (transform != "NONE")
        {
            Softmax(scores, keepsZeros: transform == "SOFTMAX_ZERO");
        }
    }

    /// <summary>Maps every row of a table in place.</summary>
    public static void ApplyToRows(string transform, Span<double> scores, int columns)
    {
        for (int start = 0; start < scores.Length && transform != "NONE"; start += columns)
        {
            Apply(transform, scores.Slice(start, columns));
        }
    }

    private static void Softmax(Span<double> scores, bool keepsZeros)
    {
        double largest = double.NegativeInfinity;
        foreach (double score in scores)
        {
            largest = Math.Max(largest, score);
        }

        double sum = 0;
        foreach (ref double score in scores)
        {
            score = keepsZeros && Math.Abs(score) <= 1e-7f ? score * DoubleMath.Exp(-largest) : DoubleMath.Exp(score - largest);
            sum += score;
        }

        foreach (ref double score in scores)
        {
            score /= sum;
        }
    }
}
