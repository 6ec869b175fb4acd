using System.Runtime.CompilerServices;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>
/// Logistic regression with a ridge penalty for any number of features: with more features than samples the weights are sums of samples, so that the fit needs only the samples' products
/// with each other (Hastie and Tibshirani, Biostatistics 5, 2004).
/// </summary>
/// <remarks>Two classes have one margin; more have one each, joined by softmax. Runs on one thread; everything is in double.</remarks>
internal sealed class RidgePath
{
    // A direction with so small a share of the samples' length is rounding.
    private const double LeastPivot = 1e-10;
    private const int ManySamples = 1000;
    private const double Precision = 1e-6;
    private const double RoughPrecision = 1e-4;

    private readonly IReadOnlyList<double[]> _columns;
    private readonly int[] _classes;
    private readonly int _margins;
    private readonly double _length;
    private readonly bool _isDual;
    private readonly double[][] _basis;
    private readonly int[] _pivots;

    private RidgePath(IReadOnlyList<double[]> columns, int[] classes, int count)
    {
        (_columns, _classes, _margins) = (columns, classes, count == 2 ? 1 : count);
        double squares = 0;
        foreach (double[] column in columns)
        {
            squares += ColumnSums.Dot(column, column);
        }

        _length = squares > 0 ? squares / classes.Length : 1;
        _isDual = columns.Count > classes.Length;
        (_basis, _pivots) = _isDual ? Factor(Products(columns, classes.Length, _length)) : (Rows(columns, classes.Length, _length), []);
    }

    private int Width => _basis.Length == 0 ? 0 : _basis[0].Length;

    /// <summary>Fits every penalty, each from where the one before ended.</summary>
    /// <param name="columns">For each feature its values in all samples, with mean 0 and variance 1.</param>
    /// <param name="classes">The class of each sample; each class has one.</param>
    /// <param name="count">Number of classes, at least 2.</param>
    /// <param name="penalties">From the strongest to the weakest, as shares of the mean squared length of a sample: half of it times the sum of squared weights is added to the mean loss.</param>
    /// <param name="cancellation">Asked before each penalty.</param>
    public static RidgeFit[] Follow(IReadOnlyList<double[]> columns, int[] classes, int count, IReadOnlyList<double> penalties, CancellationToken cancellation)
    {
        var path = new RidgePath(columns, classes, count);
        double[] parameters = new double[path._margins * (path.Width + 1)];
        path.Start(parameters);
        var fits = new RidgeFit[penalties.Count];
        for (int i = 0; i < fits.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            double penalty = penalties[i];

            // The objective bends by the penalty at least, so this leaves a weight about so much off as a share of itself.
            double precision = classes.Length > ManySamples ? RoughPrecision : Precision;
            var options = new LbfgsOptions { GradientTolerance = Math.Clamp(precision * penalty, 1e-10, precision), MaximumIterations = 300 };
            Lbfgs.Minimize((point, gradient) => path.Evaluate(point, gradient, penalty), parameters, options);
            fits[i] = path.FitAt(penalty, parameters);
        }

        return fits;
    }

    /// <summary>Coordinates in which samples have the same products, no more of them than samples.</summary>
    /// <param name="columns">For each feature its values in all samples; more features than samples.</param>
    /// <returns>The samples' coordinates, column by column, and for each coordinate the direction whose product with a sample it is.</returns>
    public static (double[][] Columns, double[][] Directions) Coordinates(IReadOnlyList<double[]> columns)
    {
        int samples = columns[0].Length;
        var (coordinates, pivots) = Factor(Products(columns, samples, 1));
        double[][] own = [.. Enumerable.Range(0, pivots.Length).Select(k => Array.ConvertAll(coordinates, row => row[k]))];

        // Coordinates C of samples X fulfil C = X D'; of the spanning samples C is a triangle, which is solved for the directions one after the other.
        var directions = new double[pivots.Length][];
        for (int k = 0; k < directions.Length; k++)
        {
            double[] direction = [.. columns.Select(column => column[pivots[k]])];
            for (int before = 0; before < k; before++)
            {
                ColumnSums.AddMultiple(-coordinates[pivots[k]][before], directions[before], direction);
            }

            directions[k] = Array.ConvertAll(direction, value => value / coordinates[pivots[k]][k]);
        }

        return (own, directions);
    }

    /// <summary>The samples' products with each other, as shares of their mean squared length.</summary>
    private static double[][] Products(IReadOnlyList<double[]> columns, int samples, double length)
    {
        double[][] rows = Rows(columns, samples, length);
        var products = new double[samples][];
        for (int i = 0; i < samples; i++)
        {
            products[i] = new double[samples];
            for (int j = 0; j <= i; j++)
            {
                products[i][j] = products[j][i] = ColumnSums.Dot(rows[i], rows[j]);
            }
        }

        return products;
    }

    private static double[][] Rows(IReadOnlyList<double[]> columns, int samples, double length)
    {
        double factor = 1 / Math.Sqrt(length);
        var rows = new double[samples][];
        for (int i = 0; i < samples; i++)
        {
            rows[i] = new double[columns.Count];
        }

        for (int feature = 0; feature < columns.Count; feature++)
        {
            double[] column = columns[feature];
            for (int i = 0; i < samples; i++)
            {
                rows[i][feature] = column[i] * factor;
            }
        }

        return rows;
    }

    /// <summary>Coordinates of the samples whose products are these (Cholesky with the largest pivot first), and the samples that span them.</summary>
    private static (double[][] Coordinates, int[] Pivots) Factor(double[][] products)
    {
        int n = products.Length;
        double[] left = [.. Enumerable.Range(0, n).Select(i => products[i][i])];
        var coordinates = Enumerable.Range(0, n).Select(_ => new double[n]).ToArray();
        var pivots = new List<int>();
        while (pivots.Count < n)
        {
            int pivot = Array.IndexOf(left, left.Max());
            if (!(left[pivot] > LeastPivot))
            {
                break;
            }

            int at = pivots.Count;
            double root = Math.Sqrt(left[pivot]);
            for (int i = 0; i < n; i++)
            {
                double rest = products[i][pivot] - ColumnSums.Dot(coordinates[i].AsSpan(0, at), coordinates[pivot].AsSpan(0, at));
                coordinates[i][at] = left[i] == double.NegativeInfinity && i != pivot ? 0 : rest / root;
            }

            coordinates[pivot][at] = root;
            for (int i = 0; i < n; i++)
            {
                left[i] -= coordinates[i][at] * coordinates[i][at];
            }

            left[pivot] = double.NegativeInfinity;
            pivots.Add(pivot);
        }

        int rank = pivots.Count;
        return ([.. coordinates.Select(row => row[..rank])], [.. pivots]);
    }

    /// <summary>Intercepts that give each class the share it has.</summary>
    private void Start(double[] parameters)
    {
        int n = _classes.Length;
        double[] logs = [.. Enumerable.Range(0, Math.Max(_margins, 2)).Select(label => DoubleMath.Log(Math.Max(0.5, _classes.Count(own => own == label)) / n))];
        double mean = logs.Average();
        for (int margin = 0; margin < _margins; margin++)
        {
            parameters[(_margins * Width) + margin] = _margins == 1 ? logs[1] - logs[0] : logs[margin] - mean;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, double penalty)
    {
        (int width, int n) = (Width, _classes.Length);
        gradient.Clear();
        double loss = 0;
        Span<double> margins = stackalloc double[Math.Min(_margins, 256)];
        margins = _margins > margins.Length ? new double[_margins] : margins;
        for (int i = 0; i < n; i++)
        {
            for (int margin = 0; margin < _margins; margin++)
            {
                margins[margin] = ColumnSums.Dot(_basis[i], point.Slice(margin * width, width)) + point[(_margins * width) + margin];
            }

            loss += LossAndResiduals(margins, _classes[i]);
            for (int margin = 0; margin < _margins; margin++)
            {
                double share = margins[margin] / n;
                ColumnSums.AddMultiple(share, _basis[i], gradient.Slice(margin * width, width));
                gradient[(_margins * width) + margin] += share;
            }
        }

        var weights = point[..(_margins * width)];
        ColumnSums.AddMultiple(penalty, weights, gradient[..weights.Length]);
        return (loss / n) + (penalty / 2 * ColumnSums.Dot(weights, weights));
    }

    /// <summary>The loss of a sample; margins become their derivatives.</summary>
    private static double LossAndResiduals(Span<double> margins, int own)
    {
        if (margins.Length == 1)
        {
            double margin = margins[0];
            margins[0] = DoubleMath.Sigmoid(margin) - own;
            return DoubleMath.Softplus(own == 1 ? -margin : margin);
        }

        double largest = margins[0];
        foreach (double margin in margins)
        {
            largest = Math.Max(largest, margin);
        }

        double sum = 0, at = margins[own];
        for (int k = 0; k < margins.Length; k++)
        {
            margins[k] = DoubleMath.Exp(margins[k] - largest);
            sum += margins[k];
        }

        for (int k = 0; k < margins.Length; k++)
        {
            margins[k] = (margins[k] / sum) - (k == own ? 1 : 0);
        }

        return largest + DoubleMath.Log(sum) - at;
    }

    private RidgeFit FitAt(double penalty, double[] parameters)
    {
        int width = Width;
        double[] intercepts = parameters[(_margins * width)..];
        double mean = _margins == 1 ? 0 : intercepts.Average();
        return new RidgeFit(penalty, Array.ConvertAll(intercepts, value => value - mean), [.. Enumerable.Range(0, _margins).Select(margin => WeightsOf(parameters.AsSpan(margin * width, width)))]);
    }

    /// <summary>The weights of the features: those of the coordinates, or sums of the samples that span them.</summary>
    private double[] WeightsOf(ReadOnlySpan<double> own)
    {
        if (!_isDual)
        {
            double factor = 1 / Math.Sqrt(_length);
            return Array.ConvertAll(own.ToArray(), value => value * factor);
        }

        // Solves L' shares = own, L being the coordinates of the spanning samples: below its diagonal only.
        double[] shares = own.ToArray();
        for (int k = shares.Length - 1; k >= 0; k--)
        {
            for (int later = k + 1; later < shares.Length; later++)
            {
                shares[k] -= _basis[_pivots[later]][k] * shares[later];
            }

            shares[k] /= _basis[_pivots[k]][k];
        }

        var weights = new double[_columns.Count];
        for (int feature = 0; feature < weights.Length; feature++)
        {
            double[] column = _columns[feature];
            double sum = 0;
            for (int k = 0; k < shares.Length; k++)
            {
                sum += shares[k] * column[_pivots[k]];
            }

            weights[feature] = sum / _length;
        }

        return weights;
    }
}
