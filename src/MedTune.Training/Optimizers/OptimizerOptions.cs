namespace MedTune.Training;

/// <summary>The constants of an optimizer of networks: <see cref="SgdOptions"/> or <see cref="AdamWOptions"/>.</summary>
public abstract record OptimizerOptions
{
    private protected OptimizerOptions()
    {
    }

    /// <summary>Floats that the optimizer keeps beside each weight.</summary>
    internal abstract int Companions { get; }

    /// <summary>An optimizer for tensors of these lengths.</summary>
    internal abstract TensorOptimizer Create(IReadOnlyList<int> lengths);
}
