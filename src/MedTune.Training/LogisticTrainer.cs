using System.Collections.Immutable;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Fits logistic regression for two classes on features and level codes, in double precision, until the gradient vanishes.</summary>
/// <remarks>
/// Minimises the objective of <see cref="FullBatchTrainer"/> on a <see cref="LinearHead"/>, and ends where that one ends. It is a good deal faster:
/// a code costs something only where it is not its column's commonest, and the curvature of each category's table, which is known in closed
/// form, preconditions <see cref="Lbfgs"/>. Tables are centred inside, so that they do not compete with the intercept.
/// </remarks>
public sealed class LogisticTrainer
{
    // Curvature is never taken for less, so that a class of almost no samples makes no endless step.
    private const double LeastVariance = 1e-3;

    private readonly LogisticSamples _samples;
    private readonly LogisticObjective _objective;
    private readonly ImmutableArray<LevelCodes> _codes;
    private readonly double[] _values;
    private readonly double _variance;

    /// <summary>Prepares to fit some rows.</summary>
    /// <param name="samples">Inputs, and classes 0 and 1.</param>
    /// <param name="features">The input [N, F] of the features; null when there are only categories.</param>
    /// <param name="codes">The categories; the inputs are named after their codes.</param>
    /// <param name="rows">The rows to learn from; at least one.</param>
    /// <param name="pool">Threads; their number changes no bit. Null for this thread alone.</param>
    public LogisticTrainer(
        TrainingSamples samples, string? features, ImmutableArray<LevelCodes> codes, ReadOnlySpan<int> rows, TaskPool? pool = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfZero(rows.Length, nameof(rows));
        _codes = codes;
        _samples = new LogisticSamples(samples, features, codes, rows);
        _objective = new LogisticObjective(_samples, pool ?? TaskPool.Sequential);
        _values = new double[_objective.Length];
        double prevalence = _samples.Prevalence;
        _variance = Math.Max(LeastVariance, prevalence * (1 - prevalence));

        // Half a sample more in each class keeps the logarithm of an absent one finite.
        double positives = (prevalence * rows.Length) + 0.5;
        _values[^1] = DoubleMath.Log(positives / (rows.Length + 1 - positives));
    }

    /// <summary>Minimises from where the parameters are now.</summary>
    /// <param name="penalty">At least 0; 1 is scikit-learn's C = 1.</param>
    /// <param name="options">When to stop.</param>
    public LbfgsResult Minimize(double penalty, LbfgsOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(penalty);
        _objective.Penalty = penalty / _objective.Rows;
        double pull = Math.Max(_objective.Penalty, 1e-9);
        return Lbfgs.Minimize(_objective.Evaluate, _values, options, vector => Precondition(vector, pull));
    }

    /// <summary>The parameters as the float tensors of a <see cref="LinearHead"/>, by name.</summary>
    public ImmutableSortedDictionary<string, Tensor> ToTensors()
    {
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);
        if (_objective.Width > 0)
        {
            tensors[LinearHead.Weights] = Floats(_values.AsSpan(0, _objective.Width), new Shape(_objective.Width, 1));
        }

        double intercept = _values[^1];
        for (int c = 0; c < _codes.Length; c++)
        {
            var table = _values.AsSpan(_objective.TableOf(c));
            tensors[LinearHead.TableOf(_codes[c].Label)] = Floats(table, new Shape(table.Length, 1));
            intercept -= Reductions.Dot(_samples.SharesOf(c), table);
        }

        tensors[LinearHead.Intercept] = Tensor.Vector((float)intercept);
        return tensors.ToImmutable();
    }

    private static Tensor<float> Floats(ReadOnlySpan<double> values, Shape shape)
    {
        var floats = new float[values.Length];
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = (float)values[i];
        }

        return new Tensor<float>(shape, floats);
    }

    /// <summary>
    /// Solves with the second derivatives as they are where all margins are equal, features and categories apart: a diagonal for the
    /// features; for a table with level shares f the matrix <c>diag(v f + pull) - v f f'</c> by Sherman and Morrison.
    /// </summary>
    private void Precondition(Span<double> vector, double pull)
    {
        for (int j = 0; j < _objective.Width; j++)
        {
            vector[j] /= (_variance * _samples.SquareOf(j)) + pull;
        }

        for (int c = 0; c < _codes.Length; c++)
        {
            var part = vector[_objective.TableOf(c)];
            var shares = _samples.SharesOf(c);
            double along = 0, rest = 0;
            for (int l = 0; l < part.Length; l++)
            {
                double diagonal = (_variance * shares[l]) + pull;
                part[l] /= diagonal;
                along += shares[l] * part[l];
                rest += shares[l] * pull / diagonal;
            }

            double factor = _variance * along / rest;
            for (int l = 0; l < part.Length; l++)
            {
                part[l] += factor * shares[l] / ((_variance * shares[l]) + pull);
            }
        }

        vector[^1] /= _variance;
    }
}
