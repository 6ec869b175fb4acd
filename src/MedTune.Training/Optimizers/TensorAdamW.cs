using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019) over the tensors of a network.</summary>
/// <remarks>See <see cref="AdamUpdate"/> for the formula.</remarks>
public sealed class TensorAdamW : TensorOptimizer
{
    private readonly AdamWOptions _options;
    private readonly float[][] _means;
    private readonly float[][] _squares;
    private double _beta1Power = 1;
    private double _beta2Power = 1;

    /// <summary>An optimizer for tensors of these lengths, with its running means at zero.</summary>
    /// <param name="lengths">Weights of each tensor.</param>
    /// <param name="options">The constants.</param>
    /// <exception cref="ArgumentOutOfRangeException">A decay of the running means is not from 0 to below 1, or epsilon or the weight decay is below 0.</exception>
    public TensorAdamW(IReadOnlyList<int> lengths, AdamWOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        _options = options ?? new AdamWOptions();
        if (_options.Beta1 is not (>= 0 and < 1) || _options.Beta2 is not (>= 0 and < 1) || _options.Epsilon is not >= 0 || _options.WeightDecay is not >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "The decays of the running means lie from 0 to below 1; epsilon and weight decay are at least 0.");
        }

        _means = [.. lengths.Select(length => new float[length])];
        _squares = [.. lengths.Select(length => new float[length])];
    }

    /// <inheritdoc/>
    public override void Begin()
    {
        _beta1Power *= _options.Beta1;
        _beta2Power *= _options.Beta2;
    }

    /// <inheritdoc/>
    public override void Step(int tensor, int start, Span<float> weights, ReadOnlySpan<float> gradient, float learningRate, float decayScale = 1)
    {
        var constants = new AdamConstants(
            learningRate,
            _options.Beta1,
            _options.Beta2,
            (float)(1.0 / (1.0 - _beta1Power)),
            (float)(1.0 / (1.0 - _beta2Power)),
            _options.Epsilon,
            learningRate * _options.WeightDecay * decayScale);
        AdamUpdate.Apply(weights, _means[tensor].AsSpan(start, weights.Length), _squares[tensor].AsSpan(start, weights.Length), gradient, constants);
    }

    internal override void Save(BinaryWriter writer)
    {
        writer.Write(_beta1Power);
        writer.Write(_beta2Power);
        for (int tensor = 0; tensor < _means.Length; tensor++)
        {
            FloatArrays.Write(writer, _means[tensor]);
            FloatArrays.Write(writer, _squares[tensor]);
        }
    }

    internal override void Load(BinaryReader reader)
    {
        (_beta1Power, _beta2Power) = (reader.ReadDouble(), reader.ReadDouble());
        for (int tensor = 0; tensor < _means.Length; tensor++)
        {
            FloatArrays.Read(reader, _means[tensor]);
            FloatArrays.Read(reader, _squares[tensor]);
        }
    }
}
