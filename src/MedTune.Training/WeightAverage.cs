using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>An exponential moving average of the weights and running statistics of a plan (Polyak and Juditsky, 1992; with the warm-up of TensorFlow's ExponentialMovingAverage).</summary>
internal sealed class WeightAverage
{
    private readonly ExecutionPlan _plan;
    private readonly string[] _names;
    private readonly float[][] _averages;
    private readonly float _stays;
    private long _steps;

    /// <param name="plan">Whose weights are averaged; they start from what they are now.</param>
    /// <param name="names">The weights and statistics.</param>
    /// <param name="stays">The share that stays at each step; min(stays, (1 + t) / (10 + t)) at step t, so that the first weights are soon forgotten.</param>
    public WeightAverage(ExecutionPlan plan, IEnumerable<string> names, float stays)
    {
        (_plan, _stays) = (plan, stays);
        _names = [.. names.Order(StringComparer.Ordinal)];
        _averages = [.. _names.Select(name => plan.Initializer<float>(name).ToArray())];
    }

    /// <summary>Takes the weights as they are now into the average. Allocates nothing.</summary>
    public void Add()
    {
        float stays = Math.Min(_stays, (1f + _steps) / (10f + _steps));
        _steps++;
        for (int tensor = 0; tensor < _names.Length; tensor++)
        {
            var weights = _plan.Initializer<float>(_names[tensor]);
            var average = _averages[tensor].AsSpan();
            for (int i = 0; i < average.Length; i++)
            {
                average[i] += (1 - stays) * (weights[i] - average[i]);
            }
        }
    }

    /// <summary>The average, by name.</summary>
    public ImmutableSortedDictionary<string, Tensor> Read() => Enumerable.Range(0, _names.Length).ToImmutableSortedDictionary(
        i => _names[i], i => (Tensor)Tensor.Create<float>(_plan.ShapeOf(_names[i]), _averages[i]), StringComparer.Ordinal);

    public void Save(BinaryWriter writer)
    {
        writer.Write(_steps);
        foreach (float[] average in _averages)
        {
            FloatArrays.Write(writer, average);
        }
    }

    public void Load(BinaryReader reader)
    {
        _steps = reader.ReadInt64();
        foreach (float[] average in _averages)
        {
            FloatArrays.Read(reader, average);
        }
    }
}
