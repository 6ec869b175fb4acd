namespace MedTune.Evaluation;

/// <summary>The scores of every class of a row.</summary>
internal static class ConformalScores
{
    /// <summary>Writes how strange each class is.</summary>
    /// <param name="score">Which score.</param>
    /// <param name="probabilities">One per class, together about 1.</param>
    /// <param name="scores">One per class.</param>
    public static void Of(ConformalScore score, ReadOnlySpan<double> probabilities, Span<double> scores)
    {
        if (score == ConformalScore.LeastAmbiguous)
        {
            for (int k = 0; k < scores.Length; k++)
            {
                scores[k] = 1 - probabilities[k];
            }
            return;
        }

        Span<int> order = scores.Length <= 64 ? stackalloc int[scores.Length] : new int[scores.Length];
        Descending(probabilities, order);
        double sum = 0;
        foreach (int k in order)
        {
            sum += probabilities[k];
            scores[k] = sum;
        }

        // Probabilities may sum to 0.999: over their sum, the last class has the score 1 in every row.
        for (int k = 0; k < scores.Length; k++)
        {
            scores[k] /= sum;
        }
    }

    /// <summary>The most probable class; of equal ones the first.</summary>
    public static int MostProbable(ReadOnlySpan<double> probabilities)
    {
        int best = 0;
        for (int k = 1; k < probabilities.Length; k++)
        {
            best = probabilities[k] > probabilities[best] ? k : best;
        }
        return best;
    }

    private static void Descending(ReadOnlySpan<double> probabilities, Span<int> order)
    {
        double[] keys = new double[order.Length];
        for (int k = 0; k < order.Length; k++)
        {
            order[k] = k;
            keys[k] = probabilities[k];
        }
        order.Sort((a, b) => keys[a] != keys[b] ? keys[b].CompareTo(keys[a]) : a.CompareTo(b));
    }
}
