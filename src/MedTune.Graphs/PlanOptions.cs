using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>How a graph is compiled. None of it changes results except <see cref="Precision"/>.</summary>
public sealed record PlanOptions
{
    /// <summary>Float in binary32 (default) or everything called Float in binary64.</summary>
    public Precision Precision { get; init; }

    /// <summary>The extent of every symbolic dimension, such as <c>N</c> → 64. Empty by default.</summary>
    public ImmutableDictionary<string, int> Dimensions { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Initializers that will be changed between runs (trained): nothing that depends on them is computed in advance. Empty by default.</summary>
    public ImmutableHashSet<string> Mutable { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The threads to use; by default only the caller's. Results do not depend on it.</summary>
    public TaskPool Pool { get; init; } = TaskPool.Sequential;

    /// <summary>Compute what depends on constants only once, while compiling. On by default; values that fix shapes are computed in any case.</summary>
    public bool FoldConstants { get; init; } = true;

    /// <summary>The most bytes that one computed value, and the arena of all of them, may take: without limit by default.</summary>
    public long MemoryLimit { get; init; } = long.MaxValue;

    /// <summary>
    /// The most bytes that computed values, stored tensors, inputs and <see cref="CompanionBytes"/> may take together: without limit by default. A graph with
    /// gradients computes values again in its backward pass where they do not fit; that takes time and changes no bit.
    /// </summary>
    public long TotalLimit { get; init; } = long.MaxValue;

    /// <summary>Bytes that the caller keeps beside the plan and counts in <see cref="TotalLimit"/>, such as an optimizer's velocities. 0 by default.</summary>
    public long CompanionBytes { get; init; }

    /// <summary>The most bytes of one value whose shape depends on the data: 1 GiB by default, because a file can ask for any amount.</summary>
    public long DynamicValueLimit { get; init; } = 1L << 30;

    /// <summary>Stops a run between two passes of a loop and between two segments. A graph without data-dependent shapes never asks.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Images in blocks of 16 channels where the graph has convolutions. Off only to compare: it changes how sums are rounded.</summary>
    internal bool UseBlockedLayout { get; init; } = true;

    /// <summary>Attention and what follows products as one operator. Off only to compare.</summary>
    internal bool UseFusion { get; init; } = true;

    /// <summary>Recompute what costs one sweep of memory although no limit asks for it. Off only to compare.</summary>
    internal bool RecomputesSweeps { get; init; } = true;

    /// <summary>These options with the batch dimension <c>N</c> set.</summary>
    /// <param name="samples">Samples per run, at least 0.</param>
    public PlanOptions WithBatch(int samples) => this with { Dimensions = Dimensions.SetItem("N", samples) };
}
