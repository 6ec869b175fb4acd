using System.Globalization;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs.Execution;

/// <summary>
/// The second half of compiling: where every value lives. Inputs, constants and weights keep memory of their own; everything computed
/// shares one arena, in which two values overlap only when one is dead before the other is born.
/// </summary>
internal sealed class MemoryPlan
{
    private readonly PlanAnalysis _analysis;
    private readonly Dictionary<string, PlanValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Block> _blocks = new(StringComparer.Ordinal);

    private readonly HashSet<string> _outputs;
    private readonly bool _allocates;

    private MemoryPlan(PlanAnalysis analysis, bool allocates)
    {
        _analysis = analysis;
        _outputs = new HashSet<string>(analysis.Graph.Outputs.Select(output => output.Name), StringComparer.Ordinal);
        _allocates = allocates;
    }

    /// <summary>Bytes of the arena.</summary>
    public long ArenaBytes { get; private set; }

    /// <summary>Bytes of what has memory of its own: inputs, constants and weights.</summary>
    public long FixedBytes { get; private set; }

    /// <summary>All places; keeping them alive keeps their memory alive.</summary>
    public IReadOnlyCollection<PlanValue> Values => _values.Values;

    /// <summary>Places every value of the graph.</summary>
    /// <param name="analysis">The graph.</param>
    /// <param name="allocates">Whether there is memory behind the places; without it the plan can only be looked at.</param>
    public static MemoryPlan For(PlanAnalysis analysis, bool allocates = true)
    {
        var plan = new MemoryPlan(analysis, allocates);
        plan.PlaceFixed();
        plan.FindLifetimes();
        plan.PlaceComputed();
        return plan;
    }

    /// <summary>The step at which computed values take most, and how many bytes they take: what the arena would have without gaps.</summary>
    public static (long Bytes, int Step) PeakOf(PlanAnalysis analysis)
    {
        var plan = new MemoryPlan(analysis, allocates: false);
        plan.PlaceFixed();
        plan.FindLifetimes();
        long[] change = new long[analysis.Nodes.Length + 1];
        foreach (var block in plan._blocks.Values.Distinct())
        {
            change[block.First] += PinnedMemory.Align(block.Bytes);
            change[Math.Min(block.Last, analysis.Nodes.Length - 1) + 1] -= PinnedMemory.Align(block.Bytes);
        }

        (long alive, long bytes, int peak) = (0, 0, 0);
        for (int step = 0; step < analysis.Nodes.Length; step++)
        {
            alive += change[step];
            (bytes, peak) = alive > bytes ? (alive, step) : (bytes, peak);
        }

        return (bytes, peak);
    }

    /// <summary>A placed value; one whose values nobody reads has a shape and no memory.</summary>
    public PlanValue this[string name] => _values.TryGetValue(name, out var value) ? value : _values[name] = _analysis.NewValue(name);

    /// <summary>Whether a value lies in the arena.</summary>
    public bool IsInArena(string name) => _blocks.ContainsKey(name);

    /// <summary>Whether a node's output 0 is its input 0 under another name, so that nothing has to run.</summary>
    public static bool IsView(Node node) => OperatorRegistry.For(node).IsView;

    private void PlaceFixed()
    {
        var read = new HashSet<string>(_outputs, StringComparer.Ordinal);
        foreach (var node in _analysis.Nodes.Where(node => !_analysis.RunsOnce(node)))
        {
            var op = OperatorRegistry.For(node);
            read.UnionWith(node.Inputs.Where((input, i) => input.Length > 0 && op.ReadsValues(i)));
        }

        read.UnionWith(_analysis.Graph.Inputs.Select(input => input.Name));
        foreach (var (name, tensor) in _analysis.Graph.Initializers)
        {
            if (_analysis.Known(name) is null)
            {
                PlaceAlone(name, tensor);
                read.Remove(name);
            }
        }

        foreach (string name in read.Order(StringComparer.Ordinal))
        {
            if (_analysis.Known(name) is Tensor tensor)
            {
                PlaceAlone(name, tensor);
            }
            else if (_analysis.Graph.Inputs.Any(input => input.Name == name))
            {
                PlaceAlone(name, null);
            }
        }
    }

    private void PlaceAlone(string name, Tensor? tensor)
    {
        var value = _analysis.NewValue(name);
        if (value.Element == ElementType.String)
        {
            value.Place((tensor ?? new Tensor<string>(value.Shape)).Values<string>().ToArray());
        }
        else if (_allocates)
        {
            var stored = tensor is null || tensor.Type == value.Element ? tensor : TensorStorage.Stored(tensor, Precision.Double);
            if (stored is not null && _analysis.Known(name) is not null && !_outputs.Contains(name))
            {
                value.PlaceWhenAsked(stored);
            }
            else
            {
                value.Place(new PinnedMemory(value.Bytes), 0);
                if (stored is not null)
                {
                    TensorStorage.Write(stored, value);
                }
            }
        }

        _values.Add(name, value);
        FixedBytes += PinnedMemory.Align(value.Bytes);
    }

    private void FindLifetimes()
    {
        var lastRead = LastReads();
        for (int n = 0; n < _analysis.Nodes.Length; n++)
        {
            var node = _analysis.Nodes[n];
            if (_analysis.RunsOnce(node))
            {
                PlaceAlone(node.Outputs[0], null);
                continue;
            }

            for (int i = 0; i < node.Outputs.Length; i++)
            {
                string output = node.Outputs[i];
                if (output.Length == 0)
                {
                    continue;
                }

                var value = _analysis.NewValue(output);
                _values.Add(output, value);
                if (value.Element == ElementType.String)
                {
                    value.Place(new Tensor<string>(value.Shape).Values.ToArray());
                }

                int last = Math.Max(n, lastRead.GetValueOrDefault(output, n));
                Assign(node, n, i, value, last);
            }
        }
    }

    private void Assign(Node node, int step, int output, PlanValue value, int last)
    {
        if (output == 0 && IsView(node))
        {
            // A view of an input or constant shares its place at once; a view of a computed value lengthens that block's life.
            if (_blocks.TryGetValue(node.Inputs[0], out var viewed))
            {
                viewed.Add(value, last);
                _blocks[value.Name] = viewed;
            }
            else
            {
                value.Place(_values[node.Inputs[0]]);
            }

            return;
        }

        if (value.Element == ElementType.String)
        {
            return;
        }

        if (output == 0 && Overwritten(node, step, value) is Block block)
        {
            block.Add(value, last);
            _blocks[value.Name] = block;
            return;
        }

        _blocks[value.Name] = new Block(value, step, last);
    }

    private Block? Overwritten(Node node, int step, PlanValue value)
    {
        var op = OperatorRegistry.For(node);
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            if (node.Inputs[i].Length > 0 && op.ReadsValues(i) && _blocks.TryGetValue(node.Inputs[i], out var block) &&
                block.Last == step && block.Bytes == value.Bytes && op.CanOverwrite(_analysis.ContextOf(node), i))
            {
                return block;
            }
        }

        return null;
    }

    /// <summary>The last step that reads each value, views included: reading a view is reading what it shows.</summary>
    private Dictionary<string, int> LastReads()
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var output in _analysis.Graph.Outputs)
        {
            last[output.Name] = int.MaxValue;
        }

        for (int n = _analysis.Nodes.Length - 1; n >= 0; n--)
        {
            var node = _analysis.Nodes[n];
            var op = OperatorRegistry.For(node);
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                if (node.Inputs[i].Length == 0 || !op.ReadsValues(i))
                {
                    continue;
                }

                int until = i == 0 && IsView(node) ? Math.Max(n, last.GetValueOrDefault(node.Outputs[0], n)) : n;
                last[node.Inputs[i]] = Math.Max(until, last.GetValueOrDefault(node.Inputs[i], 0));
            }
        }

        return last;
    }

    /// <summary>Largest first, each at the lowest place that is free during its life; ties by birth, so the layout is always the same.</summary>
    private void PlaceComputed()
    {
        var placed = new List<Block>();
        var blocks = _blocks.Values.Distinct().OrderByDescending(block => block.Bytes).ThenBy(block => block.First).ThenBy(block => block.Name, StringComparer.Ordinal);
        foreach (var block in blocks)
        {
            long offset = 0;
            foreach (var other in placed.Where(block.Overlaps).OrderBy(other => other.Offset))
            {
                if (offset + block.Bytes <= other.Offset)
                {
                    break;
                }

                offset = Math.Max(offset, PinnedMemory.Align(other.Offset + other.Bytes));
            }

            block.Offset = offset;
            placed.Add(block);
            ArenaBytes = Math.Max(ArenaBytes, PinnedMemory.Align(offset + block.Bytes));
        }

        CheckLimits();
        var arena = _allocates ? new PinnedMemory(ArenaBytes) : null;
        foreach (var block in placed)
        {
            block.Place(arena);
        }
    }

    private void CheckLimits()
    {
        var options = _analysis.Options;
        if (_allocates && ArenaBytes > options.MemoryLimit)
        {
            throw new InvalidGraphException(string.Create(
                CultureInfo.InvariantCulture,
                $"Graph '{_analysis.Graph.Name}' needs {ArenaBytes} bytes for computed values, more than the {options.MemoryLimit} that the plan's options allow."));
        }

        if (_allocates && ArenaBytes + FixedBytes + options.CompanionBytes > options.TotalLimit)
        {
            throw new InvalidGraphException(string.Create(
                CultureInfo.InvariantCulture,
                $"Graph '{_analysis.Graph.Name}' needs {ArenaBytes + FixedBytes + options.CompanionBytes} bytes, more than the limit of {options.TotalLimit}."));
        }
    }

    /// <summary>A stretch of the arena that one value, its views, and values written over it use during one span of steps.</summary>
    private sealed class Block
    {
        private readonly List<PlanValue> _values;

        public Block(PlanValue value, int first, int last)
        {
            _values = [value];
            First = first;
            Last = last;
        }

        public string Name => _values[0].Name;

        public long Bytes => _values[0].Bytes;

        public int First { get; }

        public int Last { get; private set; }

        public long Offset { get; set; }

        public void Add(PlanValue value, int last)
        {
            _values.Add(value);
            Last = Math.Max(Last, last);
        }

        public bool Overlaps(Block other) => First <= other.Last && other.First <= Last;

        public void Place(PinnedMemory? arena)
        {
            foreach (var value in _values.Where(value => value.Element != ElementType.String))
            {
                value.Place(arena, Offset);
            }
        }
    }
}
