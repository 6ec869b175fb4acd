using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>The normal equations of weighted least squares with a ridge penalty, in double. Every sum has one order, whatever the threads.</summary>
internal static class RidgeEquations
{
    // Added to every diagonal entry as a share of it: columns that repeat each other then still have one solution.
    private const double Jitter = 1e-9;

    /// <summary>The weighted products of all pairs of columns over a range of samples: symmetric, row by row.</summary>
    public static double[] Products(double[][] columns, ReadOnlySpan<double> weights, Range samples)
    {
        var own = weights[samples];
        int count = columns.Length;
        var products = new double[count * count];
        var weighted = new double[own.Length];
        for (int j = 0; j < count; j++)
        {
            Weigh(columns[j].AsSpan(samples), own, weighted);
            for (int k = 0; k <= j; k++)
            {
                products[(j * count) + k] = Reductions.Dot(weighted, columns[k].AsSpan(samples));
                products[(k * count) + j] = products[(j * count) + k];
            }
        }

        return products;
    }

    /// <summary>The weighted products of all columns with the targets over a range of samples.</summary>
    public static double[] Products(double[][] columns, ReadOnlySpan<double> weights, ReadOnlySpan<double> targets, Range samples)
    {
        var weighted = new double[weights[samples].Length];
        Weigh(targets[samples], weights[samples], weighted);
        var products = new double[columns.Length];
        for (int j = 0; j < products.Length; j++)
        {
            products[j] = Reductions.Dot(weighted, columns[j].AsSpan(samples));
        }

        return products;
    }

    /// <summary>Solves (products + diagonal penalty) x = right by Cholesky's factors.</summary>
    public static double[] Solve(double[] products, double[] right, ReadOnlySpan<double> penalty)
    {
        int count = right.Length;
        var factor = new double[count * count];
        for (int j = 0; j < count; j++)
        {
            var row = factor.AsSpan(j * count, count);
            for (int k = 0; k < j; k++)
            {
                double rest = products[(j * count) + k] - Reductions.Dot(row[..k], factor.AsSpan(k * count, k));
                row[k] = rest / factor[(k * count) + k];
            }

            double own = products[(j * count) + j];
            double pivot = (own * (1 + Jitter)) + penalty[j] - Reductions.SumOfSquares(row[..j]);
            row[j] = Math.Sqrt(Math.Max(pivot, Math.Max(own * Jitter, double.Epsilon * 1e16)));
        }

        return Backward(factor, Forward(factor, right));
    }

    private static double[] Forward(double[] factor, double[] right)
    {
        int count = right.Length;
        var solved = new double[count];
        for (int j = 0; j < count; j++)
        {
            solved[j] = (right[j] - Reductions.Dot(factor.AsSpan(j * count, j), solved.AsSpan(0, j))) / factor[(j * count) + j];
        }

        return solved;
    }

    private static double[] Backward(double[] factor, double[] right)
    {
        int count = right.Length;
        for (int j = count - 1; j >= 0; j--)
        {
            right[j] /= factor[(j * count) + j];
            for (int k = 0; k < j; k++)
            {
                right[k] -= factor[(j * count) + k] * right[j];
            }
        }

        return right;
    }

    private static void Weigh(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, Span<double> weighted)
    {
        for (int i = 0; i < values.Length; i++)
        {
            weighted[i] = values[i] * weights[i];
        }
    }
}
