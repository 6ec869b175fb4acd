using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// A graph compiled for fixed shapes: order, memory and kernels are settled, and a run allocates nothing.
/// Write the inputs, call <see cref="Run"/>, read the outputs; what was written stays for the next run.
/// </summary>
/// <remarks>Not thread-safe: one plan runs on one thread at a time (its kernels may use the pool's). Results do not depend on the pool.</remarks>
public sealed class ExecutionPlan : IDisposable
{
    private readonly PlanOptions _options;
    private readonly Dictionary<string, PlanValue> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlanValue> _initializers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlanValue> _outputs = new(StringComparer.Ordinal);
    private readonly GraphInterpreter? _interpreter;
    private readonly (object Values, PlanResources Scratch) _memory;
    private readonly long _arenaBytes;
    private readonly long _fixedBytes;
    private Action[] _steps;
    private bool _disposed;

    private ExecutionPlan(Graph graph, PlanOptions options)
    {
        _options = options;
        var sequence = graph.Inputs.Concat(graph.Outputs).FirstOrDefault(value => value.Type.IsSequence);
        if (sequence.Name is not null)
        {
            throw new InvalidGraphException($"'{sequence.Name}' is a sequence; a plan takes and gives tensors only.");
        }

        var analysis = PlanAnalysis.Of(graph, options);
        if (analysis.Breaks.Length > 0)
        {
            // What waits for data but serves no output does not count.
            analysis = PlanAnalysis.Of(DeadNodes.Remove(graph) with { Initializers = graph.Initializers }, options);
        }

        if (analysis.Breaks.Length > 0)
        {
            _memory = (analysis, new PlanResources(options.Pool));
            _interpreter = Interpret(analysis);
            _steps = [RunSegments];
            return;
        }

        analysis = Recomputation.Apply(BlockedLayout.Improve(Fusion.Improve(analysis, options), options));
        var memory = MemoryPlan.For(analysis);
        // Only the places are kept: the analysis holds every constant a second time.
        _memory = (memory.Values, new PlanResources(options.Pool));
        _steps = Compile(analysis, memory, _memory.Scratch);
        StepNodes = [.. analysis.Nodes.Where(analysis.IsStep)];
        (_arenaBytes, _fixedBytes) = (memory.ArenaBytes, memory.FixedBytes);
        foreach (var input in graph.Inputs)
        {
            _inputs[input.Name] = memory[input.Name];
        }

        foreach (string name in options.Mutable)
        {
            _initializers[name] = memory[name];
        }

        foreach (var output in graph.Outputs)
        {
            _outputs[output.Name] = memory[output.Name];
        }
    }

    /// <summary>Bytes of the memory that computed values share; inputs, weights and scratch come on top.</summary>
    public long ArenaBytes => _interpreter?.ArenaBytes ?? _arenaBytes;

    /// <summary>Bytes of computed values, stored tensors, inputs and what the options name beside them: what <see cref="PlanOptions.TotalLimit"/> limits.</summary>
    public long TotalBytes => ArenaBytes + _fixedBytes + _options.CompanionBytes;

    /// <summary>How many kernels a run calls; 1 when shapes depend on the data, because then only a run tells.</summary>
    public int Steps => _steps.Length;

    /// <summary>
    /// Whether some shape depends on the data (NonZero, If, Loop ...). Such a plan runs in segments: each is compiled for the shapes found and kept for the
    /// shapes met last. Its runs allocate, and the shapes of its outputs are known after a run only.
    /// </summary>
    public bool IsDataDependent => _interpreter is not null;

    /// <summary>Compiles a graph.</summary>
    /// <param name="graph">The graph; nodes that no output needs are left out.</param>
    /// <param name="options">Precision, extents of symbolic dimensions, mutable initializers, threads.</param>
    /// <exception cref="InvalidGraphException">The graph is not valid, or a dimension has no extent.</exception>
    public static ExecutionPlan Compile(Graph graph, PlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        return new ExecutionPlan(graph, options);
    }

    /// <summary>The memory of an input, to be written before a run. In a double plan a Float input is a span of double.</summary>
    /// <exception cref="ArgumentException">No input has this name, or it does not hold <typeparamref name="T"/>.</exception>
    public Span<T> Input<T>(string name)
        where T : unmanaged => Typed<T>(Find(_inputs, name, "input")).Span<T>();

    /// <summary>The strings of a string input, to be written before a run.</summary>
    /// <exception cref="ArgumentException">No input has this name, or it does not hold strings.</exception>
    public Span<string> Strings(string name) => Text(Find(_inputs, name, "input"));

    /// <summary>The plan's own copy of an initializer listed in <see cref="PlanOptions.Mutable"/>: what is written there is used by the next run.</summary>
    /// <exception cref="ArgumentException">The initializer is not listed as mutable, or does not hold <typeparamref name="T"/>.</exception>
    public Span<T> Initializer<T>(string name)
        where T : unmanaged => Typed<T>(Find(_initializers, name, "mutable initializer")).Span<T>();

    /// <summary>What the last run answered; the next run writes over it.</summary>
    /// <exception cref="ArgumentException">No output has this name, or it does not hold <typeparamref name="T"/>.</exception>
    public ReadOnlySpan<T> Output<T>(string name)
        where T : unmanaged => Typed<T>(Find(_outputs, name, "output")).Span<T>();

    /// <summary>The strings of a string output after the last run.</summary>
    /// <exception cref="ArgumentException">No output has this name, or it does not hold strings.</exception>
    public ReadOnlySpan<string> OutputStrings(string name) => Text(Find(_outputs, name, "output"));

    /// <summary>The concrete shape of an input, a mutable initializer or an output; where shapes depend on the data, an output's is that of the last run.</summary>
    /// <exception cref="ArgumentException">There is none of this name, or it depends on the data and nothing was run yet.</exception>
    public Shape ShapeOf(string name) =>
        (_inputs.GetValueOrDefault(name) ?? _outputs.GetValueOrDefault(name) ?? Find(_initializers, name, "input, output or mutable initializer")).Shape;

    /// <summary>Computes every output from what the inputs and mutable initializers hold now. Allocates nothing unless <see cref="IsDataDependent"/>.</summary>
    /// <exception cref="InvalidGraphException">Only when <see cref="IsDataDependent"/>: shapes do not fit, or a value is larger than the options allow.</exception>
    /// <exception cref="OperationCanceledException">Only when <see cref="IsDataDependent"/>: the options' token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The plan was disposed.</exception>
    public void Run()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        foreach (var step in _steps)
        {
            step();
        }

        // The kernels hold addresses, which keep nothing alive.
        GC.KeepAlive(_memory.Values);
        GC.KeepAlive(_memory.Scratch);
    }

    /// <summary>Ends the plan's use; spans taken from it stay readable until they are dropped.</summary>
    public void Dispose()
    {
        _disposed = true;
        _steps = [];
        _interpreter?.Dispose();
    }

    /// <summary>The nodes of the steps; empty where shapes depend on the data.</summary>
    internal ImmutableArray<Node> StepNodes { get; } = [];

    /// <summary>A run that adds to every step's entry the timestamps it took.</summary>
    internal void Profile(Span<long> ticks)
    {
        for (int step = 0; step < _steps.Length; step++)
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            _steps[step]();
            ticks[step] += System.Diagnostics.Stopwatch.GetTimestamp() - start;
        }
    }

    /// <summary>How many segments were compiled so far; 0 for a plan of one piece.</summary>
    internal long CompiledSegments => _interpreter?.Compiled ?? 0;

    /// <summary>Where an input or output lives.</summary>
    internal PlanValue Slot(string name) => _inputs.GetValueOrDefault(name) ?? _outputs[name];

    private static Action[] Compile(PlanAnalysis analysis, MemoryPlan memory, PlanResources resources)
    {
        var steps = new List<Action>(analysis.Nodes.Length);
        var once = new PlanResources(resources.Pool);
        foreach (var node in analysis.Nodes)
        {
            if (MemoryPlan.IsView(node))
            {
                continue;
            }

            bool isStep = analysis.IsStep(node);
            var context = new KernelContext(
                node,
                [.. node.Inputs.Select(input => input.Length == 0 ? null : memory[input])],
                [.. node.Outputs.Select(output => output.Length == 0 ? null : memory[output])],
                [.. node.Inputs.Select(analysis.Known)],
                isStep ? resources : once);
            var kernel = OperatorRegistry.For(node).Compile(context);
            if (isStep)
            {
                steps.Add(kernel);
            }
            else
            {
                kernel();
                GC.KeepAlive(once);
            }
        }

        foreach (var value in memory.Values)
        {
            value.Settle();
        }

        return [.. steps];
    }

    /// <summary>Inputs and mutable initializers get their memory; to the interpreter both are inputs.</summary>
    private GraphInterpreter Interpret(PlanAnalysis analysis)
    {
        var graph = analysis.Graph;
        ImmutableArray<Value> written = [.. graph.Inputs, .. _options.Mutable.Order(StringComparer.Ordinal).Select(name => new Value(name, analysis.TypeOf(name)))];
        foreach (var value in written)
        {
            var stored = analysis.TypeOf(value.Name) with { Element = TensorStorage.Stored(value.Type.Element, _options.Precision) };
            var initial = graph.Initializers.TryGetValue(value.Name, out var tensor) ? TensorStorage.Stored(tensor, _options.Precision) : null;
            (initial is null ? _inputs : _initializers)[value.Name] = TensorStorage.Place(value.Name, stored, initial);
        }

        return new GraphInterpreter(
            graph with { Inputs = written, Initializers = graph.Initializers.RemoveRange(_options.Mutable) },
            _options with { Mutable = _options.Mutable.Clear() });
    }

    private void RunSegments()
    {
        var graph = _interpreter!.Graph;
        var results = _interpreter.Run([.. graph.Inputs.Select(input =>
            RuntimeValue.Of(TensorStorage.Read(_inputs.GetValueOrDefault(input.Name) ?? _initializers[input.Name]), input.Type.Element))]);
        for (int i = 0; i < results.Length; i++)
        {
            string name = graph.Outputs[i].Name;
            _outputs[name] = TensorStorage.Place(name, TensorType.Of(results[i].Tensor), results[i].Tensor);
        }
    }

    private PlanValue Find(Dictionary<string, PlanValue> values, string name, string kind) => values.TryGetValue(name, out var value)
        ? value
        : throw new ArgumentException(_interpreter is not null && _outputs.Count == 0
            ? $"The plan knows no {kind} named '{name}' yet: shapes depend on the data, so outputs are there after a run."
            : $"The plan has no {kind} named '{name}'; it has {(values.Count == 0 ? "none" : string.Join(", ", values.Keys.Order(StringComparer.Ordinal)))}.", nameof(name));

    private static Span<string> Text(PlanValue value) => value.Strings
        ?? throw new ArgumentException($"'{value.Name}' holds {value.Element}, not strings.", nameof(value));

    private PlanValue Typed<T>(PlanValue value) => value.Element == ElementTypes.Of<T>()
        ? value
        : throw new ArgumentException($"'{value.Name}' holds {value.Element} in this plan ({_options.Precision} precision), not {typeof(T).Name}.", nameof(value));
}
