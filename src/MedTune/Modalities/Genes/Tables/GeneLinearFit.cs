namespace MedTune.Modalities.Genes;

/// <summary>A linear model of the columns of a space.</summary>
/// <param name="Intercepts">One for each margin.</param>
/// <param name="Weights">For each margin the weights of the columns, or of those that <paramref name="Features"/> names.</param>
/// <param name="Features">The columns that have weights; null where all have.</param>
internal sealed record GeneLinearFit(double[] Intercepts, double[][] Weights, int[]? Features = null)
{
    /// <summary>The same with a weight for every column.</summary>
    /// <param name="width">Number of columns.</param>
    public GeneLinearFit Dense(int width)
    {
        if (Features is not { } features)
        {
            return this;
        }

        var all = Weights.Select(_ => new double[width]).ToArray();
        for (int margin = 0; margin < all.Length; margin++)
        {
            for (int i = 0; i < features.Length; i++)
            {
                all[margin][features[i]] = Weights[margin][i];
            }
        }

        return new GeneLinearFit(Intercepts, all);
    }

    /// <summary>The weighted mean of models.</summary>
    /// <param name="fits">The models.</param>
    /// <param name="shares">What each counts.</param>
    /// <param name="width">Number of columns.</param>
    public static GeneLinearFit Mean(IReadOnlyList<GeneLinearFit> fits, IReadOnlyList<double> shares, int width)
    {
        double[] intercepts = new double[fits[0].Intercepts.Length];
        double[][] weights = [.. intercepts.Select(_ => new double[width])];
        for (int i = 0; i < fits.Count; i++)
        {
            for (int margin = 0; margin < intercepts.Length && shares[i] > 0; margin++)
            {
                intercepts[margin] += shares[i] * fits[i].Intercepts[margin];
                double[] own = fits[i].Weights[margin];
                for (int k = 0; k < own.Length; k++)
                {
                    weights[margin][fits[i].Features?[k] ?? k] += shares[i] * own[k];
                }
            }
        }

        return new GeneLinearFit(intercepts, weights);
    }

    /// <summary>The margins of a sample.</summary>
    /// <param name="row">Its columns.</param>
    /// <param name="margins">Receives them.</param>
    public void Write(ReadOnlySpan<double> row, Span<float> margins)
    {
        double[]? chosen = null;
        if (Features is { } features)
        {
            chosen = new double[features.Length];
            for (int i = 0; i < chosen.Length; i++)
            {
                chosen[i] = row[features[i]];
            }
        }

        var columns = chosen ?? row;
        for (int margin = 0; margin < Intercepts.Length; margin++)
        {
            margins[margin] = (float)(Intercepts[margin] + Training.ColumnSums.Dot(columns, Weights[margin]));
        }
    }

    /// <summary>A model of some of the classes as one of all: a class that no training sample has gets the margin of half a sample.</summary>
    /// <param name="fit">Fits the classes that are there, numbered without gaps.</param>
    /// <param name="classes">The class of each training sample.</param>
    /// <param name="count">Number of classes.</param>
    /// <param name="width">Number of columns.</param>
    public static GeneLinearFit[] OfPresent(Func<int[], int, GeneLinearFit[]> fit, int[] classes, int count, int width)
    {
        int[] present = [.. classes.Distinct().Order()];
        if (present.Length == count)
        {
            return fit(classes, count);
        }

        if (count == 2 || present.Length < 2)
        {
            double[] sizes = [.. Enumerable.Range(0, count).Select(label => classes.Count(own => own == label) + 0.5)];
            double[] logs = Array.ConvertAll(sizes, size => Tensors.DoubleMath.Log(size / classes.Length));
            return [new GeneLinearFit(count == 2 ? [logs[1] - logs[0]] : logs, [.. Enumerable.Range(0, count == 2 ? 1 : count).Select(_ => new double[width])])];
        }

        int[] numbers = Array.ConvertAll(classes, own => Array.IndexOf(present, own));
        return Array.ConvertAll(fit(numbers, present.Length), part => Widen(part, present, classes.Length, count, width));
    }

    private static GeneLinearFit Widen(GeneLinearFit part, int[] present, int samples, int count, int width)
    {
        part = part.Dense(width);
        double[][] weights = [.. Enumerable.Range(0, count).Select(_ => new double[width])];
        double[] intercepts = new double[count];

        // Two classes have one margin: the first one's is 0.
        double lowest = part.Intercepts.Length == 1 ? Math.Min(0, part.Intercepts[0]) : part.Intercepts.Min();
        Array.Fill(intercepts, lowest + Tensors.DoubleMath.Log(0.5 / samples));
        for (int k = 0; k < present.Length; k++)
        {
            int own = part.Intercepts.Length == 1 ? k - 1 : k;
            (intercepts[present[k]], weights[present[k]]) = own < 0 ? (0, weights[present[k]]) : (part.Intercepts[own], part.Weights[own]);
        }

        return new GeneLinearFit(intercepts, weights);
    }
}
