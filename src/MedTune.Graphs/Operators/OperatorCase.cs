using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>One use of an operator that the common suite runs: golden values, gradient, float against double, shapes, allocation.</summary>
/// <param name="Name">Unique within the operator; names the golden values.</param>
/// <param name="Inputs">The inputs, in order; null is an optional input left out. Numbers should be exact in float.</param>
internal sealed record OperatorCase(string Name, params ImmutableArray<Tensor?> Inputs)
{
    /// <summary>The node's attributes.</summary>
    public Attributes Attributes { get; init; } = Attributes.None;

    /// <summary>How many outputs are asked for.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>Inputs that must be known while building (axes, shapes): they are given as initializers. Integer inputs other than the first are by default.</summary>
    public ImmutableArray<int> ConstantInputs { get; init; } = [];

    /// <summary>Inputs whose gradient is compared with central differences; default: every Float input when the operator can be differentiated.</summary>
    public ImmutableArray<int> GradientInputs { get; init; }

    /// <summary>Which outputs the loss of the gradient check is made of; default: every Float output.</summary>
    public ImmutableArray<int> GradientOutputs { get; init; }

    /// <summary>Whether golden values are stored for this case. Off for the long cases, which only compare float with double.</summary>
    public bool HasGolden { get; init; } = true;

    /// <summary>How far float may be from double: |float - double| is at most this times max(1, |double|).</summary>
    public double FloatTolerance { get; init; } = 2e-6;

    /// <summary>How far double may be from the golden values, in the same measure.</summary>
    public double GoldenTolerance { get; init; } = 1e-13;
}
