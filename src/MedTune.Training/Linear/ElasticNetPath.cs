using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>
/// Logistic regression for far more features than samples: elastic nets from the penalty at which every weight is zero downwards, by coordinate descent with the
/// features that matter so far (Friedman, Hastie and Tibshirani, Journal of Statistical Software 33(1), 2010).
/// </summary>
/// <remarks>Two classes have one margin; more have one each, joined by softmax. The objective is the mean negative log-likelihood plus the penalty. Runs on one thread; everything is in double.</remarks>
public sealed class ElasticNetPath
{
    private const double LeastCurvature = 1e-5;
    private const int MostRounds = 1000;
    private const int MostSweeps = 10_000;

    private readonly double[][] _columns;
    private readonly int[] _classes;
    private readonly int _samples;
    private readonly ElasticNetOptions _options;
    private readonly double[][] _margins;
    private readonly double[] _intercepts;
    private readonly double[][] _weights;
    private readonly bool[][] _isActive;
    private readonly List<int>[] _active;
    private readonly double[] _probability;
    private readonly double[] _curvature;
    private readonly double[] _residual;

    // Curvature times working residual: what the slopes of all weights are sums of.
    private readonly double[] _pull;

    private ElasticNetPath(double[][] columns, int[] classes, int count, ElasticNetOptions options)
    {
        (_columns, _classes, _samples, _options) = (columns, classes, classes.Length, options);
        int margins = count == 2 ? 1 : count;
        _margins = [.. Enumerable.Range(0, margins).Select(_ => new double[_samples])];
        _weights = [.. Enumerable.Range(0, margins).Select(_ => new double[columns.Length])];
        _isActive = [.. Enumerable.Range(0, margins).Select(_ => new bool[columns.Length])];
        _active = [.. Enumerable.Range(0, margins).Select(_ => new List<int>())];
        _intercepts = Start(count);
        (_probability, _curvature, _residual, _pull) = (new double[_samples], new double[_samples], new double[_samples], new double[_samples]);
        for (int k = 0; k < margins; k++)
        {
            Array.Fill(_margins[k], _intercepts[k]);
        }
    }

    /// <summary>Follows the path.</summary>
    /// <param name="columns">For each feature its values in all samples, with mean 0 and variance 1 (of the samples, divided by their number); a column of zeros never gets a weight.</param>
    /// <param name="classes">The class of each sample.</param>
    /// <param name="count">Number of classes, at least 2; each has a sample.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellation">Asked before each penalty.</param>
    /// <returns>One fit for each penalty, the largest first; fewer where the path ends early.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a class has no sample.</exception>
    public static ImmutableArray<ElasticNetFit> Follow(
        IReadOnlyList<double[]> columns, IReadOnlyList<int> classes, int count, ElasticNetOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(classes);
        options ??= new ElasticNetOptions();
        options.Check();
        if (columns.Any(column => column.Length != classes.Count) || count < 2 || Enumerable.Range(0, Math.Max(count, 0)).Any(label => !classes.Contains(label)))
        {
            throw new ArgumentException("Each column has a value for every sample, and each of at least two classes has a sample.", nameof(columns));
        }

        return new ElasticNetPath([.. columns], [.. classes], count, options).Run(cancellation);
    }

    private ImmutableArray<ElasticNetFit> Run(CancellationToken cancellation)
    {
        double without = Deviance();
        var fits = ImmutableArray.CreateBuilder<ElasticNetFit>();
        foreach (double penalty in Penalties())
        {
            cancellation.ThrowIfCancellationRequested();
            Fit(penalty, _options.Tolerance * without);
            double explained = without > 0 ? 1 - (Deviance() / without) : 0;
            fits.Add(new ElasticNetFit(penalty, [.. _intercepts], Kept(), explained));
            if (explained > _options.MostExplained || fits[^1].Features.Length > _options.MostFeatures)
            {
                break;
            }
        }

        return fits.ToImmutable();
    }

    private ImmutableArray<double> Penalties()
    {
        if (!_options.Penalties.IsEmpty)
        {
            return _options.Penalties;
        }

        // Where no feature says anything, any penalty gives the intercepts alone.
        double largest = LargestSlope() / _options.LassoShare;
        return largest == 0
            ? [1]
            : [.. Enumerable.Range(0, _options.Count).Select(step => largest * DoubleMath.Pow(_options.SmallestShare, (double)step / (_options.Count - 1)))];
    }

    /// <summary>Intercepts that give each class the share it has.</summary>
    private double[] Start(int count)
    {
        double[] shares = [.. Enumerable.Range(0, count).Select(label => _classes.Count(own => own == label) / (double)_samples)];
        if (count == 2)
        {
            return [DoubleMath.Log(shares[1] / shares[0])];
        }

        double[] logs = [.. shares.Select(DoubleMath.Log)];
        double mean = logs.Average();
        return [.. logs.Select(log => log - mean)];
    }

    /// <summary>Moves to the optimum at a penalty: descends on the active features, then lets in those whose slope is above the penalty.</summary>
    private void Fit(double penalty, double tolerance)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            double change = double.PositiveInfinity;
            for (int pass = 0; pass < MostRounds && change > tolerance; pass++)
            {
                change = 0;
                for (int margin = 0; margin < _margins.Length; margin++)
                {
                    change = Math.Max(change, Descend(margin, penalty, tolerance));
                }
            }

            if (!LetIn(penalty))
            {
                return;
            }
        }
    }

    /// <summary>Solves the weighted least squares that touch the likelihood where the margin is now.</summary>
    /// <returns>The largest change of the objective that a weight made.</returns>
    private double Descend(int margin, double penalty, double tolerance)
    {
        Linearize(margin);
        double total = _curvature.Sum();
        int[] active = [.. _active[margin]];
        double[] curvatures = Array.ConvertAll(active, feature => ColumnSums.WeightedSquares(_curvature, _columns[feature]) / _samples);
        double[] weights = _weights[margin];
        (double lasso, double ridge) = (penalty * _options.LassoShare, penalty * (1 - _options.LassoShare));
        double most = 0;
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double change = 0;
            double shift = Reductions.Sum(_pull) / total;
            _intercepts[margin] += shift;
            ColumnSums.AddMultiple(-shift, _curvature, _pull);
            change = Math.Max(change, shift * shift * total / _samples);
            for (int i = 0; i < active.Length; i++)
            {
                double[] column = _columns[active[i]];
                double weight = weights[active[i]];
                double slope = (ColumnSums.Dot(column, _pull) / _samples) + (curvatures[i] * weight);
                double moved = Math.Sign(slope) * Math.Max(0, Math.Abs(slope) - lasso) / (curvatures[i] + ridge);
                double by = moved - weight;
                if (by != 0)
                {
                    weights[active[i]] = moved;
                    ColumnSums.AddWeighted(-by, _curvature, column, _pull);
                    change = Math.Max(change, curvatures[i] * by * by);
                }
            }

            most = Math.Max(most, change);
            if (change <= tolerance)
            {
                break;
            }
        }

        double[] margins = _margins[margin];
        for (int i = 0; i < _samples; i++)
        {
            margins[i] += _residual[i] - (_pull[i] / _curvature[i]);
        }

        return most;
    }

    /// <summary>Curvatures and working residuals of a margin.</summary>
    private void Linearize(int margin)
    {
        Probabilities(margin);
        for (int i = 0; i < _samples; i++)
        {
            _curvature[i] = Math.Max(LeastCurvature, _probability[i] * (1 - _probability[i]));
            _pull[i] = Target(margin, i) - _probability[i];
            _residual[i] = _pull[i] / _curvature[i];
        }
    }

    /// <summary>Makes those features active whose slope alone is above the penalty; false where there are none.</summary>
    private bool LetIn(double penalty)
    {
        // A slope that is the bound itself may come out above it by rounding.
        double bound = penalty * _options.LassoShare * (1 + 1e-12);
        bool isMore = false;
        for (int margin = 0; margin < _margins.Length; margin++)
        {
            Gradient(margin);
            for (int feature = 0; feature < _columns.Length; feature++)
            {
                if (!_isActive[margin][feature] && Math.Abs(ColumnSums.Dot(_residual, _columns[feature])) / _samples > bound)
                {
                    _isActive[margin][feature] = isMore = true;
                    _active[margin].Add(feature);
                }
            }
        }

        return isMore;
    }

    private double LargestSlope()
    {
        double largest = 0;
        for (int margin = 0; margin < _margins.Length; margin++)
        {
            Gradient(margin);
            foreach (double[] column in _columns)
            {
                largest = Math.Max(largest, Math.Abs(ColumnSums.Dot(_residual, column)) / _samples);
            }
        }

        return largest;
    }

    private void Gradient(int margin)
    {
        Probabilities(margin);
        for (int i = 0; i < _samples; i++)
        {
            _residual[i] = Target(margin, i) - _probability[i];
        }
    }

    private void Probabilities(int margin)
    {
        for (int i = 0; i < _samples; i++)
        {
            double own = _margins[margin][i], others = 0;
            for (int k = 0; k < _margins.Length; k++)
            {
                others += k == margin ? 0 : DoubleMath.Exp(_margins[k][i] - own);
            }

            _probability[i] = 1 / (1 + (_margins.Length == 1 ? DoubleMath.Exp(-own) : others));
        }
    }

    private double Target(int margin, int sample) => _classes[sample] == (_margins.Length == 1 ? 1 : margin) ? 1 : 0;

    /// <summary>Mean negative log-likelihood.</summary>
    private double Deviance()
    {
        double sum = 0;
        for (int i = 0; i < _samples; i++)
        {
            double largest = Math.Max(0, _margins[0][i]), own = _classes[i] == 1 ? _margins[0][i] : 0, all;
            if (_margins.Length == 1)
            {
                all = DoubleMath.Exp(-largest) + DoubleMath.Exp(_margins[0][i] - largest);
            }
            else
            {
                (largest, own, all) = (_margins.Max(margin => margin[i]), _margins[_classes[i]][i], 0);
                foreach (double[] margin in _margins)
                {
                    all += DoubleMath.Exp(margin[i] - largest);
                }
            }

            sum += largest + DoubleMath.Log(all) - own;
        }

        return sum / _samples;
    }

    private ImmutableArray<ElasticNetWeight> Kept() =>
    [
        .. Enumerable.Range(0, _margins.Length).SelectMany(margin => _active[margin].Order().Where(feature => _weights[margin][feature] != 0)
            .Select(feature => new ElasticNetWeight(margin, feature, _weights[margin][feature]))),
    ];
}
