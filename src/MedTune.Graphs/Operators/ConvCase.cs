using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Sample cases of convolutions, whose long sums round more than what most operators compute.</summary>
internal static class ConvCase
{
    /// <summary>A case with the tolerances of convolutions.</summary>
    public static OperatorCase Of(string name, Attributes attributes, params ImmutableArray<Tensor?> inputs) =>
        new(name, inputs) { Attributes = attributes, FloatTolerance = 1e-4, GoldenTolerance = 1e-12 };
}
