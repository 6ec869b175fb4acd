using System.Collections.Immutable;

namespace MedTune.Graphs.Architectures;

/// <summary>A network with its weights: the graph, and which of its initializers are what.</summary>
/// <remarks>The graph is in its inference form, has the batch dimension N open and can be written to a file as it is.</remarks>
public sealed record Architecture
{
    /// <summary>The inner value with one vector per sample that the head reads, Float [N, F].</summary>
    public const string Features = "features";

    /// <summary>The output of a classifier, Float [N, classes]: the logits before softmax.</summary>
    public const string Logits = "logits";

    /// <summary>What the network is, such as <c>resnet18</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The forward graph.</summary>
    public required Graph Graph { get; init; }

    /// <summary>The initializers that training may change, in the order of the forward pass.</summary>
    public required ImmutableArray<string> Parameters { get; init; }

    /// <summary>The running means and variances of batch normalization, in the order of the forward pass.</summary>
    public required ImmutableArray<string> Statistics { get; init; }

    /// <summary>What the names of the head's parameters begin with, such as <c>fc.</c>: the part that another task replaces.</summary>
    public required string Head { get; init; }

    /// <summary>What every parameter's name begins with and published files may leave out, such as <c>bert.</c>; empty by default.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>The table of learned positions of image patches, its extents in patches, and the tokens before them; null where there is none.</summary>
    public PatchPositions? Positions { get; init; }

    /// <summary>Number of weights that training may change.</summary>
    public long ParameterCount => Parameters.Sum(name => (long)Graph.Initializers[name].Length);
}
