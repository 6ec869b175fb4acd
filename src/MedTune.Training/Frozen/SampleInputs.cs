using MedTune.Graphs;

namespace MedTune.Training;

/// <summary>Where one sample's inputs are written.</summary>
public readonly ref struct SampleInputs
{
    private readonly ExecutionPlan _plan;
    private readonly int _place;
    private readonly int _batch;

    internal SampleInputs(ExecutionPlan plan, int place, int batch) => (_plan, _place, _batch) = (plan, place, batch);

    /// <summary>The memory of one input of this sample, row-major without the batch axis; it holds what another sample left there.</summary>
    /// <typeparam name="T">What the input holds.</typeparam>
    /// <param name="name">The input's name.</param>
    /// <exception cref="ArgumentException">The frozen part has no such input, or it does not hold <typeparamref name="T"/>.</exception>
    public Span<T> Of<T>(string name)
        where T : unmanaged
    {
        var all = _plan.Input<T>(name);
        int length = all.Length / _batch;
        return all.Slice(_place * length, length);
    }
}
