namespace MedTune.Training;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019).</summary>
/// <remarks>Uses only +, -, x, / and square roots, which every machine rounds alike.</remarks>
public sealed class AdamW
{
    private readonly AdamWOptions _options;
    private readonly float[] _mean;
    private readonly float[] _square;
    private double _beta1Power = 1;
    private double _beta2Power = 1;

    /// <summary>An optimizer for this many parameters, with its running means at zero.</summary>
    public AdamW(int parameters, AdamWOptions? options = null)
    {
        _options = options ?? new AdamWOptions();
        _mean = new float[parameters];
        _square = new float[parameters];
    }

    /// <summary>One step.</summary>
    /// <param name="parameters">Changed in place.</param>
    /// <param name="gradient">Same length.</param>
    /// <param name="decays">1 where weight decay applies, 0 where it does not (intercepts); same length.</param>
    /// <param name="learningRate">Greater than 0.</param>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient, ReadOnlySpan<float> decays, float learningRate)
    {
        _beta1Power *= _options.Beta1;
        _beta2Power *= _options.Beta2;
        float meanScale = (float)(1.0 / (1.0 - _beta1Power));
        float squareScale = (float)(1.0 / (1.0 - _beta2Power));
        float decay = learningRate * _options.WeightDecay;
        for (int i = 0; i < parameters.Length; i++)
        {
            float g = gradient[i];
            float m = (_options.Beta1 * _mean[i]) + ((1 - _options.Beta1) * g);
            float v = (_options.Beta2 * _square[i]) + ((1 - _options.Beta2) * (g * g));
            _mean[i] = m;
            _square[i] = v;
            float step = learningRate * (m * meanScale) / (MathF.Sqrt(v * squareScale) + _options.Epsilon);
            parameters[i] -= (decay * decays[i] * parameters[i]) + step;
        }
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(_beta1Power);
        writer.Write(_beta2Power);
        FloatArrays.Write(writer, _mean);
        FloatArrays.Write(writer, _square);
    }

    internal void Load(BinaryReader reader)
    {
        _beta1Power = reader.ReadDouble();
        _beta2Power = reader.ReadDouble();
        FloatArrays.Read(reader, _mean);
        FloatArrays.Read(reader, _square);
    }
}
