using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>Follows every training sample through the epochs. Recording depends on nothing but what is recorded, so resumed runs go on where they were.</summary>
public sealed class TrainingDynamics
{
    private readonly int[] _epochs;
    private readonly double[] _confidence;
    private readonly double[] _square;
    private readonly double[] _margin;
    private readonly int[] _right;
    private readonly int[] _forgotten;
    private readonly bool[] _wasRight;

    /// <summary>Nothing recorded yet.</summary>
    /// <param name="samples">How many samples there are, at least 1.</param>
    public TrainingDynamics(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (_epochs, _right, _forgotten) = (new int[samples], new int[samples], new int[samples]);
        (_confidence, _square, _margin) = (new double[samples], new double[samples], new double[samples]);
        _wasRight = new bool[samples];
    }

    /// <summary>Samples that are followed.</summary>
    public int Count => _epochs.Length;

    /// <summary>Adds an epoch's view of a sample.</summary>
    /// <param name="sample">Its number.</param>
    /// <param name="logits">One for two classes (of the second one), or one for each class.</param>
    /// <param name="label">Its class.</param>
    /// <exception cref="ArgumentException">A logit is no number.</exception>
    public void Record(int sample, ReadOnlySpan<float> logits, int label)
    {
        double other = double.NegativeInfinity;
        for (int i = 0; i < logits.Length; i++)
        {
            if (!float.IsFinite(logits[i]))
            {
                throw new ArgumentException($"Logit {i} of sample {sample} is no finite number.", nameof(logits));
            }

            other = i == label ? other : Math.Max(other, logits[i]);
        }

        double margin = logits.Length == 1 ? (label == 1 ? logits[0] : -logits[0]) : logits[label] - other;
        double probability = DoubleMath.Exp(-PointwiseLoss.Of(logits, label));
        bool isRight = margin > 0;
        _epochs[sample]++;
        _confidence[sample] += probability;
        _square[sample] += probability * probability;
        _margin[sample] += margin;
        _right[sample] += isRight ? 1 : 0;
        _forgotten[sample] += _wasRight[sample] && !isRight ? 1 : 0;
        _wasRight[sample] = isRight;
    }

    /// <summary>What is known of a sample.</summary>
    /// <param name="sample">Its number.</param>
    public SampleDynamics Of(int sample)
    {
        int epochs = _epochs[sample];
        if (epochs == 0)
        {
            return new SampleDynamics(0, 0, 0, 0, 0, 0);
        }

        double mean = _confidence[sample] / epochs;
        double variance = Math.Max(0, (_square[sample] / epochs) - (mean * mean));
        return new SampleDynamics(epochs, mean, Math.Sqrt(variance), _margin[sample] / epochs, (double)_right[sample] / epochs, _forgotten[sample]);
    }

    internal void Save(BinaryWriter writer)
    {
        for (int i = 0; i < _epochs.Length; i++)
        {
            writer.Write(_epochs[i]);
            writer.Write(_confidence[i]);
            writer.Write(_square[i]);
            writer.Write(_margin[i]);
            writer.Write(_right[i]);
            writer.Write(_forgotten[i]);
            writer.Write(_wasRight[i]);
        }
    }

    internal void Load(BinaryReader reader)
    {
        for (int i = 0; i < _epochs.Length; i++)
        {
            _epochs[i] = reader.ReadInt32();
            (_confidence[i], _square[i], _margin[i]) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
            (_right[i], _forgotten[i], _wasRight[i]) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean());
        }
    }
}
