using System.Collections.Immutable;
using MedTune.Graphs.Execution;

namespace MedTune.Graphs;

/// <summary>The plans of one graph for the shapes asked for last: compiled when a shape is new, dropped when too many others came since.</summary>
/// <remarks>Not thread-safe, as its plans are not.</remarks>
public sealed class PlanCache : IDisposable
{
    private readonly Graph _graph;
    private readonly PlanOptions _options;
    private readonly RecentlyUsed<string, ExecutionPlan> _plans;

    /// <summary>An empty cache.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="options">How to compile; the dimensions asked for are added to its own.</param>
    /// <param name="capacity">How many plans are kept, at least 1; 8 by default. Each holds its own copy of the weights.</param>
    public PlanCache(Graph graph, PlanOptions options, int capacity = 8)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        _graph = graph;
        _options = options;
        _plans = new RecentlyUsed<string, ExecutionPlan>(capacity, StringComparer.Ordinal);
    }

    /// <summary>How many plans are kept now.</summary>
    public int Count => _plans.Count;

    /// <summary>The plan for a number of samples (dimension <c>N</c>). It is the cache's: it must not be disposed, and may be after further calls.</summary>
    /// <exception cref="InvalidGraphException">The graph cannot be compiled for it.</exception>
    public ExecutionPlan ForBatch(int samples) => For(ImmutableDictionary<string, int>.Empty.Add("N", samples));

    /// <summary>The plan for extents of symbolic dimensions. It is the cache's: it must not be disposed, and may be after further calls.</summary>
    /// <exception cref="InvalidGraphException">The graph cannot be compiled for them.</exception>
    public ExecutionPlan For(IReadOnlyDictionary<string, int> dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        string key = string.Join('|', dimensions.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => FormattableString.Invariant($"{pair.Key}={pair.Value}")));
        return _plans.Get(key, _ => ExecutionPlan.Compile(_graph, _options with { Dimensions = _options.Dimensions.SetItems(dimensions) }));
    }

    /// <inheritdoc/>
    public void Dispose() => _plans.Dispose();
}
