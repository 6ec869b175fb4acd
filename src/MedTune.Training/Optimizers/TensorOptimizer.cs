namespace MedTune.Training;

/// <summary>Moves the weights of several tensors by their gradients; parts of a tensor may be moved at the same time.</summary>
public abstract class TensorOptimizer
{
    private protected TensorOptimizer()
    {
    }

    /// <summary>Begins a step: to be called once before the parts of all tensors are moved.</summary>
    public abstract void Begin();

    /// <summary>One step of one tensor, or of a part of it.</summary>
    /// <param name="tensor">Which of the tensors.</param>
    /// <param name="start">The first weight of the part.</param>
    /// <param name="weights">Changed in place.</param>
    /// <param name="gradient">Same length.</param>
    /// <param name="learningRate">At least 0.</param>
    /// <param name="decayScale">How much of the options' weight decay applies, from 0 (none) to 1.</param>
    public abstract void Step(int tensor, int start, Span<float> weights, ReadOnlySpan<float> gradient, float learningRate, float decayScale = 1);

    internal abstract void Save(BinaryWriter writer);

    internal abstract void Load(BinaryReader reader);
}
