using System.Runtime.CompilerServices;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Logistic regression (softmax for more than two classes) with a ridge penalty on rows with few features each, in double precision.</summary>
/// <remarks>Rows are cut into shards by their number alone, and the shards are added in order: threads change no bit.</remarks>
internal sealed class SparseLogistic
{
    private const int ShardRows = 256;
    private const int MostShards = 8;

    // Curvature is never taken for less, so that a class of almost no samples makes no endless step.
    private const double LeastVariance = 1e-2;

    private readonly SparseRows _rows;
    private readonly int[] _samples;
    private readonly int[] _targets;
    private readonly int _margins;
    private readonly TaskPool _pool;
    private readonly double[][] _gradients;
    private readonly double[] _losses;
    private readonly double[] _parameters;
    private readonly double[] _squares;

    /// <summary>Prepares to fit some rows; weights start from zero.</summary>
    /// <param name="rows">Features of all samples.</param>
    /// <param name="samples">The rows to learn from.</param>
    /// <param name="classes">The class of each row of <paramref name="rows"/>.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="pool">Threads.</param>
    public SparseLogistic(SparseRows rows, int[] samples, IReadOnlyList<int> classes, int classCount, TaskPool pool)
    {
        (_rows, _samples, _pool) = (rows, samples, pool);
        _margins = classCount == 2 ? 1 : classCount;
        _targets = Array.ConvertAll(samples, row => classes[row]);
        _parameters = new double[(rows.Width + 1) * _margins];
        int shards = Math.Clamp(samples.Length / ShardRows, 1, MostShards);
        _losses = new double[shards];
        _gradients = [.. Enumerable.Range(0, shards).Select(_ => new double[_parameters.Length])];
        _squares = MeanSquares();
        Intercept();
    }

    /// <summary>Minimises the mean loss plus the penalty, from where the weights are now.</summary>
    /// <param name="penalty">At least 0; 1 is scikit-learn's C = 1.</param>
    /// <param name="options">When to stop.</param>
    public LbfgsResult Minimize(double penalty, LbfgsOptions options)
    {
        double pull = penalty / _samples.Length;
        return Lbfgs.Minimize(
            (parameters, gradient) => Evaluate(parameters, gradient, pull), _parameters, options, vector => Precondition(vector, Math.Max(pull, 1e-9)));
    }

    /// <summary>The weights [features, margins].</summary>
    public float[] Weights() => Floats(_parameters.AsSpan(0, _rows.Width * _margins));

    /// <summary>What is added to each margin.</summary>
    public float[] Intercepts() => Floats(_parameters.AsSpan(_rows.Width * _margins));

    /// <summary>The margins of a row, in double precision.</summary>
    public void Score(SparseRows rows, int row, Span<float> margins)
    {
        Span<double> sums = stackalloc double[_margins];
        Sum(_parameters, rows, row, sums);
        for (int k = 0; k < _margins; k++)
        {
            margins[k] = (float)sums[k];
        }
    }

    private static float[] Floats(ReadOnlySpan<double> values)
    {
        var floats = new float[values.Length];
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = (float)values[i];
        }

        return floats;
    }

    /// <summary>Starts from the classes' shares.</summary>
    private void Intercept()
    {
        var counts = new double[Math.Max(2, _margins)];
        foreach (int target in _targets)
        {
            counts[target]++;
        }

        var intercepts = _parameters.AsSpan(_rows.Width * _margins);
        for (int k = 0; k < _margins; k++)
        {
            intercepts[k] = _margins == 1
                ? DoubleMath.Log((counts[1] + 0.5) / (counts[0] + 0.5))
                : DoubleMath.Log((counts[k] + 0.5) / (_targets.Length + (0.5 * _margins)));
        }
    }

    private double[] MeanSquares()
    {
        var squares = new double[_rows.Width];
        foreach (int row in _samples)
        {
            var columns = _rows.Columns(row);
            var values = _rows.Values(row);
            for (int i = 0; i < columns.Length; i++)
            {
                squares[columns[i]] += (double)values[i] * values[i] / _samples.Length;
            }
        }

        return squares;
    }

    private double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient, double pull)
    {
        double[] copy = parameters.ToArray();
        _pool.Run(_losses.Length, (Self: this, copy), static (state, shard) => state.Self._losses[shard] = state.Self.SumShard(shard, state.copy));
        gradient.Clear();
        double loss = 0;
        for (int shard = 0; shard < _losses.Length; shard++)
        {
            loss += _losses[shard];
            double[] part = _gradients[shard];
            for (int i = 0; i < part.Length; i++)
            {
                gradient[i] += part[i];
            }
        }

        double squares = 0;
        int penalized = _rows.Width * _margins;
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] /= _samples.Length;
            if (i < penalized)
            {
                gradient[i] += pull * parameters[i];
                squares += parameters[i] * parameters[i];
            }
        }

        return (loss / _samples.Length) + (0.5 * pull * squares);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumShard(int shard, double[] parameters)
    {
        double[] gradient = _gradients[shard];
        Array.Clear(gradient);
        Span<double> margins = stackalloc double[_margins];
        var (from, end) = Cut.Of(_samples.Length, _losses.Length, shard);
        double loss = 0;
        for (int i = from; i < end; i++)
        {
            Sum(parameters, _rows, _samples[i], margins);
            loss += Residuals(margins, _targets[i]);
            AddGradient(gradient, _samples[i], margins);
        }

        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(double[] parameters, SparseRows rows, int row, Span<double> margins)
    {
        var columns = rows.Columns(row);
        var values = rows.Values(row);
        if (_margins == 1)
        {
            double sum = parameters[^1];
            for (int i = 0; i < columns.Length; i++)
            {
                sum += parameters[columns[i]] * values[i];
            }

            margins[0] = sum;
            return;
        }

        parameters.AsSpan(rows.Width * _margins).CopyTo(margins);
        for (int i = 0; i < columns.Length; i++)
        {
            var weights = parameters.AsSpan(columns[i] * _margins, _margins);
            for (int k = 0; k < weights.Length; k++)
            {
                margins[k] += weights[k] * values[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddGradient(double[] gradient, int row, ReadOnlySpan<double> residuals)
    {
        var columns = _rows.Columns(row);
        var values = _rows.Values(row);
        if (_margins == 1)
        {
            double residual = residuals[0];
            for (int i = 0; i < columns.Length; i++)
            {
                gradient[columns[i]] += residual * values[i];
            }

            gradient[^1] += residual;
            return;
        }

        for (int i = 0; i < columns.Length; i++)
        {
            var sums = gradient.AsSpan(columns[i] * _margins, _margins);
            for (int k = 0; k < sums.Length; k++)
            {
                sums[k] += residuals[k] * values[i];
            }
        }

        var intercepts = gradient.AsSpan(_rows.Width * _margins);
        for (int k = 0; k < intercepts.Length; k++)
        {
            intercepts[k] += residuals[k];
        }
    }

    /// <summary>The loss of a row; its margins become probabilities less the target.</summary>
    private static double Residuals(Span<double> margins, int target)
    {
        if (margins.Length == 1)
        {
            double margin = margins[0];
            margins[0] = DoubleMath.Sigmoid(margin) - target;
            return DoubleMath.Softplus(target == 1 ? -margin : margin);
        }

        double largest = margins[0];
        foreach (double margin in margins)
        {
            largest = Math.Max(largest, margin);
        }

        (double own, double sum) = (margins[target] - largest, 0);
        for (int k = 0; k < margins.Length; k++)
        {
            margins[k] = DoubleMath.Exp(margins[k] - largest);
            sum += margins[k];
        }

        for (int k = 0; k < margins.Length; k++)
        {
            margins[k] = (margins[k] / sum) - (k == target ? 1 : 0);
        }

        return DoubleMath.Log(sum) - own;
    }

    /// <summary>Divides by the second derivatives as they are where all margins are equal, taken for a diagonal.</summary>
    private void Precondition(Span<double> vector, double pull)
    {
        double share = _margins == 1 ? 0.5 : 1.0 / _margins;
        double variance = Math.Max(LeastVariance, share * (1 - share));
        int penalized = _rows.Width * _margins;
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] /= i < penalized ? (variance * _squares[i / _margins]) + pull : variance;
        }
    }
}
