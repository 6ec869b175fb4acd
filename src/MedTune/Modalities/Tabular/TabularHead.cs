using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Training;

namespace MedTune.Modalities.Tabular;

/// <summary>A model before calibration: a graph from raw columns to margins, and which of its initializers training moves.</summary>
/// <param name="Graph">From raw columns to margins.</param>
/// <param name="Margin">The name of the margins.</param>
/// <param name="Intercept">The initializer added to every margin.</param>
/// <param name="Parameters">The initializers that training may move.</param>
/// <param name="Features">The values, one row per sample, that no training of these parameters changes and from which it starts.</param>
internal sealed record TabularHead(
    Graph Graph, string Margin, string Intercept, ImmutableArray<TrainableParameter> Parameters, ImmutableArray<string> Features)
{
    /// <summary>The part that is trained: from the values the samples hold to the margins.</summary>
    public Graph FromSamples(TrainingSamples samples) => GraphCut.Between(Graph, samples.Inputs.Keys, [Margin]);
}
