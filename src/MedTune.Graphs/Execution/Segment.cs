using System.Collections.Immutable;

namespace MedTune.Graphs.Execution;

/// <summary>
/// A part of a graph whose shapes follow from the values at hand, compiled as any plan is; the nodes behind it that must be evaluated with
/// their inputs at hand; and what is left after those.
/// </summary>
internal sealed class Segment : IDisposable
{
    private readonly ExecutionPlan? _plan;
    private readonly ImmutableArray<Value> _inputs;
    private readonly ImmutableArray<Value> _outputs;

    private Segment(long id, PlanAnalysis analysis, Graph? compiled, PlanOptions options, ImmutableHashSet<string> kept)
    {
        Id = id;
        Breaks = analysis.Breaks;
        Rest = analysis.Rest;
        Kept = kept;
        _inputs = compiled?.Inputs ?? [];
        _outputs = compiled?.Outputs ?? [];
        _plan = compiled is null ? null : ExecutionPlan.Compile(compiled, options);
    }

    /// <summary>Tells this segment from every other one, so that the next one can be found under it.</summary>
    public long Id { get; }

    /// <summary>What must be evaluated once the segment has run.</summary>
    public ImmutableArray<Node> Breaks { get; }

    /// <summary>The nodes still to do then, in order.</summary>
    public ImmutableArray<Node> Rest { get; }

    /// <summary>The values that something later, or the caller, still needs.</summary>
    public ImmutableHashSet<string> Kept { get; }

    /// <summary>Bytes of the compiled part's arena.</summary>
    public long ArenaBytes => _plan?.ArenaBytes ?? 0;

    /// <summary>Compiles as much as the values at hand allow.</summary>
    /// <param name="id">The new segment's <see cref="Id"/>.</param>
    /// <param name="whole">The graph, for its outputs and initializers.</param>
    /// <param name="nodes">The nodes still to do, in order.</param>
    /// <param name="values">The values at hand.</param>
    /// <param name="options">How to compile; without mutable initializers.</param>
    /// <param name="limit">The most bytes one value of the segment may have.</param>
    public static Segment Compile(long id, Graph whole, ImmutableArray<Node> nodes, IReadOnlyDictionary<string, RuntimeValue> values, PlanOptions options, long limit)
    {
        ImmutableArray<Value> inputs = [.. values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Value(pair.Key, pair.Value.Type))];
        var part = whole with { Inputs = inputs, Nodes = nodes, Outputs = [] };
        var analysis = PlanAnalysis.Of(part, options);
        var later = whole.Outputs.Select(output => output.Name).Concat(analysis.Rest.SelectMany(node => node.Inputs)).ToImmutableHashSet(StringComparer.Ordinal);
        var needed = later.Union(analysis.Breaks.SelectMany(node => node.Inputs));
        foreach (var node in analysis.Settled)
        {
            MemoryLimit.Check(node, [.. node.Outputs.Where(output => output.Length > 0).Select(analysis.TypeOf)], limit);
        }

        var used = analysis.Settled.SelectMany(node => node.Inputs).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<Value> outputs = [.. analysis.Settled.SelectMany(node => node.Outputs).Where(needed.Contains).Select(name => new Value(name, analysis.TypeOf(name)))];
        var compiled = outputs.IsEmpty ? null : part with
        {
            Inputs = [.. inputs.Where(input => used.Contains(input.Name))],
            Nodes = analysis.Settled,
            Outputs = outputs,
        };
        return new Segment(id, analysis, compiled, options, later);
    }

    /// <summary>Runs the compiled part: takes its inputs from the values at hand and adds what it gives to them.</summary>
    public void Run(Dictionary<string, RuntimeValue> values)
    {
        if (_plan is null)
        {
            return;
        }

        foreach (var input in _inputs)
        {
            TensorStorage.Write(values[input.Name].Tensor, _plan.Slot(input.Name));
        }

        _plan.Run();
        foreach (var output in _outputs)
        {
            values[output.Name] = RuntimeValue.Of(TensorStorage.Read(_plan.Slot(output.Name)), output.Type.Element);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _plan?.Dispose();
}
