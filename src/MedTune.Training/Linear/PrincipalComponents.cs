using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>The directions in which samples differ most, by repeated products with a few random directions (Halko, Martinsson and Tropp, SIAM Review 53, 2011).</summary>
/// <param name="Loadings">For each component the weights of the features, of length 1; the largest in size is positive.</param>
/// <param name="Variances">The mean square of the samples along each component, the largest first.</param>
internal sealed record PrincipalComponents(double[][] Loadings, double[] Variances)
{
    private const int Spare = 8;
    private const int Rounds = 24;

    // What is left of a direction that the others span is rounding.
    private const double Nothing = 1e-9;

    /// <summary>Finds components.</summary>
    /// <param name="columns">For each feature its centred values in all samples.</param>
    /// <param name="wanted">How many; fewer come back where samples or features are fewer.</param>
    /// <param name="seed">Seed of the first directions.</param>
    public static PrincipalComponents Of(IReadOnlyList<double[]> columns, int wanted, ulong seed)
    {
        int samples = columns.Count == 0 ? 0 : columns[0].Length;
        int width = Math.Min(wanted + Spare, Math.Min(columns.Count, samples));
        var random = new Philox(seed, RandomPurpose.Initialization, 0);
        double[][] directions = [.. Enumerable.Range(0, width).Select(k => Enumerable.Range(0, columns.Count).Select(feature => random.Normal((ulong)(((long)k * columns.Count) + feature))).ToArray())];
        double[][] scores = [];
        for (int round = 0; round < Rounds; round++)
        {
            directions = Orthonormal(directions);
            scores = [.. directions.Select(direction => Scores(columns, direction, samples))];
            directions = round + 1 < Rounds ? [.. scores.Select(score => columns.Select(column => ColumnSums.Dot(column, score)).ToArray())] : directions;
        }

        return Rotated(directions, scores, wanted);
    }

    /// <summary>The samples along a direction.</summary>
    private static double[] Scores(IReadOnlyList<double[]> columns, double[] direction, int samples)
    {
        var scores = new double[samples];
        for (int feature = 0; feature < columns.Count; feature++)
        {
            ColumnSums.AddMultiple(direction[feature], columns[feature], scores);
        }

        return scores;
    }

    private static double[][] Orthonormal(double[][] vectors)
    {
        var kept = new List<double[]>();
        foreach (double[] vector in vectors)
        {
            double before = Math.Sqrt(ColumnSums.Dot(vector, vector));
            for (int pass = 0; pass < 2; pass++)
            {
                kept.ForEach(other => ColumnSums.AddMultiple(-ColumnSums.Dot(other, vector), other, vector));
            }

            double length = Math.Sqrt(ColumnSums.Dot(vector, vector));
            if (length > Nothing * before)
            {
                kept.Add(Array.ConvertAll(vector, value => value / length));
            }
        }

        return [.. kept];
    }

    /// <summary>Turns directions that span the space into the components in it.</summary>
    private static PrincipalComponents Rotated(double[][] directions, double[][] scores, int wanted)
    {
        int width = directions.Length;
        double[,] products = new double[width, width];
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < width; j++)
            {
                products[i, j] = ColumnSums.Dot(scores[i], scores[j]);
            }
        }

        var (values, vectors) = SymmetricEigen.Of(products);
        int[] order = [.. Enumerable.Range(0, width).OrderByDescending(k => values[k]).ThenBy(k => k).Where(k => values[k] > Nothing * values.Max()).Take(wanted)];
        return new PrincipalComponents(
            [.. order.Select(k => Mixed(directions, vectors, k))],
            [.. order.Select(k => values[k] / scores[0].Length)]);
    }

    private static double[] Mixed(double[][] directions, double[,] vectors, int component)
    {
        var loading = new double[directions[0].Length];
        for (int i = 0; i < directions.Length; i++)
        {
            ColumnSums.AddMultiple(vectors[i, component], directions[i], loading);
        }

        double largest = loading.MaxBy(Math.Abs);
        return largest < 0 ? Array.ConvertAll(loading, value => -value) : loading;
    }
}
