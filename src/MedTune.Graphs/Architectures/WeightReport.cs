using System.Collections.Immutable;

namespace MedTune.Graphs.Architectures;

/// <summary>What became of every tensor when weights were loaded, by name in ordinal order.</summary>
public sealed record WeightReport
{
    /// <summary>Parameters and statistics that now hold the file's numbers.</summary>
    public required ImmutableArray<string> Loaded { get; init; }

    /// <summary>Names of the file that were brought to another form first: renamed, or positions of patches to another grid.</summary>
    public required ImmutableArray<string> Adapted { get; init; }

    /// <summary>The head's parameters that keep their first weights, because the file has none for them or for another number of classes.</summary>
    public required ImmutableArray<string> NewHead { get; init; }

    /// <summary>Tensors of the file that a network never needs: counters, indices, the file's own head.</summary>
    public required ImmutableArray<string> Ignored { get; init; }
}
