using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Stochastic gradient descent with momentum, Nesterov's form and weight decay as PyTorch defines them (torch.optim.SGD, no dampening).</summary>
/// <remarks>The velocity starts at 0, so the first step is a plain one. See <see cref="MomentumUpdate"/> for the formula.</remarks>
public sealed class Sgd : TensorOptimizer
{
    private readonly SgdOptions _options;
    private readonly float[][] _velocities;

    /// <summary>An optimizer for tensors of these lengths.</summary>
    /// <param name="lengths">Weights of each tensor.</param>
    /// <param name="options">Momentum 0.9 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">Momentum is below 0 or not below 1, or the decay is below 0.</exception>
    public Sgd(IReadOnlyList<int> lengths, SgdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        _options = options ?? new SgdOptions();
        if (_options.Momentum is not (>= 0 and < 1) || _options.WeightDecay is not >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "Momentum lies from 0 to below 1, and weight decay is at least 0.");
        }

        _velocities = [.. lengths.Select(length => _options.Momentum == 0 ? [] : new float[length])];
    }

    /// <inheritdoc/>
    public override void Begin()
    {
    }

    /// <inheritdoc/>
    public override void Step(int tensor, int start, Span<float> weights, ReadOnlySpan<float> gradient, float learningRate, float decayScale = 1)
    {
        var velocity = _options.Momentum == 0 ? default : _velocities[tensor].AsSpan(start, weights.Length);
        MomentumUpdate.Apply(weights, velocity, gradient, learningRate, _options.Momentum, _options.WeightDecay * decayScale, _options.IsNesterov);
    }

    internal override void Save(BinaryWriter writer)
    {
        foreach (float[] velocity in _velocities)
        {
            FloatArrays.Write(writer, velocity);
        }
    }

    internal override void Load(BinaryReader reader)
    {
        foreach (float[] velocity in _velocities)
        {
            FloatArrays.Read(reader, velocity);
        }
    }
}
