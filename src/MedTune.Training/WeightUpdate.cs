using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Moves all weights of a plan by their gradients: optimizer, rates by name, pull to the start, a limit for the gradients' norm, averaged weights.</summary>
/// <remarks>Weights are cut into parts of fixed size; the norm is summed part by part in a fixed order. So no bit depends on the threads.</remarks>
internal sealed class WeightUpdate
{
    // Weights of one task: the sweep of this many takes about 20 microseconds.
    private const int Grain = 1 << 16;

    // Weights whose gradient is changed on the stack at a time.
    private const int Piece = 1024;

    private readonly ExecutionPlan _plan;
    private readonly NetworkTrainingOptions _options;
    private readonly TaskPool _pool;
    private readonly ImmutableArray<string> _names;
    private readonly string[] _gradients;
    private readonly (int Tensor, int Start, int Length)[] _parts;
    private readonly (float Rate, float Decay)[] _scales;
    private readonly double[] _squares;
    private readonly float[][] _starts;
    private readonly TensorOptimizer _optimizer;
    private float _rate;
    private float _shortened;
    private bool _mayWake;

    public WeightUpdate(ExecutionPlan plan, ImmutableArray<string> names, NetworkTrainingOptions options, TaskPool pool)
    {
        Check(options);
        (_plan, _names, _options, _pool) = (plan, names, options, pool);
        int[] lengths = [.. names.Select(name => plan.Initializer<float>(name).Length)];
        _gradients = [.. names.Select(Gradients.NameOf)];
        _parts = [.. lengths.SelectMany((length, tensor) => Parts(tensor, length))];
        _scales = [.. names.Select(name => ScaleOf(options.Rates, name))];
        _squares = new double[_parts.Length];
        _starts = options.PullToStart == 0 ? [] : [.. names.Select(name => plan.Initializer<float>(name).ToArray())];
        _optimizer = options.Optimizer.Create(lengths);
    }

    /// <summary>Bytes that are kept beside so many weights.</summary>
    public static long CompanionBytes(NetworkTrainingOptions options, long weights) =>
        weights * sizeof(float) * (options.Optimizer.Companions + (options.PullToStart == 0 ? 0 : 1) + (options.Averaging == 0 ? 0 : 1));

    /// <summary>From now on weights move at other rates. The optimizer follows also those that rest, so that they can wake later without a jolt.</summary>
    public void Change(ImmutableArray<ParameterRate> rates)
    {
        Check(_options with { Rates = rates });
        _mayWake = true;
        for (int tensor = 0; tensor < _scales.Length; tensor++)
        {
            _scales[tensor] = ScaleOf(rates, _names[tensor]);
        }
    }

    /// <summary>Moves every weight. Allocates nothing.</summary>
    public void Step(float learningRate)
    {
        (_rate, _shortened) = (learningRate, 1);
        if (_options.LargestGradient < float.PositiveInfinity)
        {
            _pool.Run(_parts.Length, this, static (update, part) => update._squares[part] = update.SquareOf(part));
            double norm = Math.Sqrt(Reductions.Sum(_squares));
            _shortened = norm > _options.LargestGradient ? (float)(_options.LargestGradient / norm) : 1;
        }

        _optimizer.Begin();
        _pool.Run(_parts.Length, this, static (update, part) => update.Move(part));
    }

    public void Save(BinaryWriter writer) => _optimizer.Save(writer);

    public void Load(BinaryReader reader) => _optimizer.Load(reader);

    private static void Check(NetworkTrainingOptions options)
    {
        bool isSound = options.PullToStart is >= 0 and < float.PositiveInfinity && options.LargestGradient > 0 && options.Averaging is >= 0 and < 1
            && options.Rates.All(rate => rate.Rate is >= 0 and < float.PositiveInfinity && rate.Decay is >= 0 and <= 1);
        if (!isSound)
        {
            throw new ArgumentException(
                "The pull to the start and the factors of learning rates are at least 0, those of decay from 0 to 1, averaging from 0 to below 1, and the largest gradient is above 0.", nameof(options));
        }
    }

    private static (float Rate, float Decay) ScaleOf(ImmutableArray<ParameterRate> rates, string name) =>
        rates.LastOrDefault(rate => NamePattern.Matches(rate.Pattern, name)) is { } own ? (own.Rate, own.Decay) : (1, 1);

    private static IEnumerable<(int Tensor, int Start, int Length)> Parts(int tensor, int length)
    {
        for (int start = 0; start < length; start += Grain)
        {
            yield return (tensor, start, Math.Min(Grain, length - start));
        }
    }

    private double SquareOf(int part)
    {
        var (tensor, start, length) = _parts[part];
        return Reductions.SumOfSquares(_plan.Output<float>(_gradients[tensor]).Slice(start, length));
    }

    private void Move(int part)
    {
        var (tensor, start, length) = _parts[part];
        var weights = _plan.Initializer<float>(_names[tensor]).Slice(start, length);
        var gradient = _plan.Output<float>(_gradients[tensor]).Slice(start, length);
        (float rate, float decay) = _scales[tensor];
        if (rate == 0 && !_mayWake)
        {
            return;
        }

        if (_shortened == 1 && _starts.Length == 0)
        {
            _optimizer.Step(tensor, start, weights, gradient, _rate * rate, decay);
            return;
        }

        Span<float> changed = stackalloc float[Piece];
        for (int from = 0; from < length; from += Piece)
        {
            int count = Math.Min(Piece, length - from);
            for (int i = 0; i < count; i++)
            {
                float pull = _starts.Length == 0 ? 0 : _options.PullToStart * (weights[from + i] - _starts[tensor][start + from + i]);
                changed[i] = (gradient[from + i] * _shortened) + pull;
            }

            _optimizer.Step(tensor, start + from, weights.Slice(from, count), changed[..count], _rate * rate, decay);
        }
    }
}
