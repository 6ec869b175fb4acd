using System.Collections.Immutable;
using MedTune.Graphs;

namespace MedTune.Modalities.Genes;

/// <summary>A fitted candidate.</summary>
/// <param name="Graph">From <see cref="GeneData.InputName"/> to <see cref="MarginsName"/>, Float [N, margins].</param>
/// <param name="Setting">What was chosen, in words.</param>
/// <param name="OutOfFold">Margins of the rows of the task, each by a model of the inner folds that has not seen it [rows, margins].</param>
internal sealed record GeneFit(Graph Graph, string Setting, float[] OutOfFold)
{
    /// <summary>The graph's output.</summary>
    public const string MarginsName = "margins";

    /// <summary>Settings that were compared, in words, with their mean inner log-loss.</summary>
    public ImmutableArray<KeyValuePair<string, double>> Losses { get; init; } = [];

    /// <summary>Words of a linear model that say most; empty for other models.</summary>
    public ImmutableArray<KmerWeight> Words { get; init; } = [];

    /// <summary>Genes or variants of a linear model that were chosen, with what is known of them; empty for other models.</summary>
    public ImmutableArray<GeneWeight> Weights { get; init; } = [];
}
