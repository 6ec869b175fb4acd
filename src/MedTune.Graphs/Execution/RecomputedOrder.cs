using System.Collections.Immutable;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs.Execution;

/// <summary>
/// The nodes of a training step, and how they run when some of the forward pass is not kept: what the backward pass reads of it is computed again right before
/// it is first read, by the same nodes from the same values, so that no bit changes.
/// </summary>
internal sealed class RecomputedOrder
{
    private const string Again = "again:";

    // A byte of memory traffic takes about as long as this many multiplications with an addition.
    private const int ProductsPerByte = 6;

    private readonly PlanAnalysis _analysis;
    private readonly Dictionary<string, int> _givers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outputs;
    private readonly ImmutableArray<long> _costs;

    public RecomputedOrder(PlanAnalysis analysis)
    {
        _analysis = analysis;
        _outputs = analysis.Graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        ForwardNodes = CountForward(analysis);
        for (int n = 0; n < ForwardNodes; n++)
        {
            foreach (string output in analysis.Nodes[n].Outputs.Where(output => output.Length > 0))
            {
                _givers[output] = n;
                analysis.Declare(Again + output, output);
            }
        }

        Bytes = [.. analysis.Nodes.Take(ForwardNodes).Select(BytesOf)];
        Products = [.. analysis.Nodes.Take(ForwardNodes).Select(ProductsOf)];
        _costs = [.. Products.Select((products, n) => products + (ProductsPerByte * (Bytes[n] + BytesRead(analysis.Nodes[n]))))];
    }

    /// <summary>How many nodes at the start belong to the forward pass: all that the loss and other outputs but gradients need; 0 without gradients.</summary>
    public int ForwardNodes { get; }

    /// <summary>Bytes of what each forward node gives; 0 for views and for what is an output of the graph, which would not be freed.</summary>
    public ImmutableArray<long> Bytes { get; }

    /// <summary>Multiplications with an addition of each forward node.</summary>
    public ImmutableArray<long> Products { get; }

    /// <summary>What computing a forward node again costs, in multiplications with an addition.</summary>
    public long CostOf(int node) => _costs[node];

    public Node NodeAt(int node) => _analysis.Nodes[node];

    /// <summary>Whether a value is one that is computed again.</summary>
    public static bool IsAgain(string name) => name.StartsWith(Again, StringComparison.Ordinal);

    /// <summary>The value of which one is the copy.</summary>
    public static string Original(string name) => name[Again.Length..];

    /// <summary>The forward node that gives a value, looking through views; -1 for others.</summary>
    public int GiverOf(string name)
    {
        while (_givers.TryGetValue(name, out int giver))
        {
            if (!MemoryPlan.IsView(_analysis.Nodes[giver]))
            {
                return giver;
            }

            name = _analysis.Nodes[giver].Inputs[0];
        }

        return -1;
    }

    /// <summary>The step without keeping what these forward nodes give.</summary>
    public PlanAnalysis Without(IReadOnlySet<int> dropped)
    {
        var order = _analysis.Nodes.Take(ForwardNodes).ToList();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in _analysis.Nodes.Skip(ForwardNodes))
        {
            order.Add(OnNames(node, dropped, known, order));
        }

        return _analysis.With([.. order]);
    }

    private Node OnNames(Node node, IReadOnlySet<int> dropped, Dictionary<string, string> known, List<Node> order)
    {
        var op = OperatorRegistry.For(node);
        ImmutableArray<string> inputs = [.. node.Inputs.Select((input, i) => input.Length > 0 && op.ReadsValues(i) ? NameOf(input, dropped, known, order) : input)];
        return inputs.SequenceEqual(node.Inputs, StringComparer.Ordinal) ? node : node with { Inputs = inputs };
    }

    /// <summary>The name under which the backward pass reads a value; what gives it again is appended to the order when it is first asked for.</summary>
    private string NameOf(string name, IReadOnlySet<int> dropped, Dictionary<string, string> known, List<Node> order)
    {
        if (!_givers.TryGetValue(name, out int giver))
        {
            return name;
        }

        if (!known.TryGetValue(name, out string? found))
        {
            var node = _analysis.Nodes[giver];
            bool isView = MemoryPlan.IsView(node);
            string source = isView ? NameOf(node.Inputs[0], dropped, known, order) : "";
            found = isView ? (IsAgain(source) ? Again + name : name) : dropped.Contains(giver) ? Again + name : name;
            known[name] = found;
            if (IsAgain(found) && !known.ContainsKey(found))
            {
                AppendAgain(node, dropped, known, order);
            }
        }

        return found;
    }

    private void AppendAgain(Node node, IReadOnlySet<int> dropped, Dictionary<string, string> known, List<Node> order)
    {
        // What is an output of the graph besides, such as a running statistic, is there and must not move a second time.
        bool IsCopied(string output) => output.Length > 0 && !_outputs.Contains(output);
        foreach (string output in node.Outputs.Where(IsCopied))
        {
            known[output] = known[Again + output] = Again + output;
        }

        var copy = OnNames(node, dropped, known, order);
        order.Add(copy with { Outputs = [.. node.Outputs.Select(output => IsCopied(output) ? Again + output : "")] });
    }

    private static int CountForward(PlanAnalysis analysis)
    {
        if (!analysis.Graph.Outputs.Any(output => Gradients.IsGradient(output.Name)))
        {
            return 0;
        }

        var wanted = analysis.Graph.Outputs.Select(output => output.Name).Where(name => !Gradients.IsGradient(name)).ToHashSet(StringComparer.Ordinal);
        int count = 0;
        for (int n = analysis.Nodes.Length - 1; n >= 0; n--)
        {
            if (analysis.Nodes[n].Outputs.Any(wanted.Contains))
            {
                count = Math.Max(count, n + 1);
                wanted.UnionWith(analysis.Nodes[n].Inputs);
            }
        }

        return count;
    }

    private long BytesOf(Node node) => !_analysis.IsStep(node) || _outputs.Contains(node.Outputs[0])
        ? 0
        : node.Outputs.Where(output => output.Length > 0 && !_outputs.Contains(output)).Sum(output => PinnedMemory.Align(_analysis.NewValue(output).Bytes));

    private long BytesRead(Node node)
    {
        var op = OperatorRegistry.For(node);
        return node.Inputs.Where((input, i) => input.Length > 0 && op.ReadsValues(i)).Sum(input => _analysis.NewValue(input).Bytes);
    }

    private long ProductsOf(Node node) => Work.MultiplyAdds(
        node, [.. node.Inputs.Select(input => input.Length == 0 ? Shape.Scalar : _analysis.NewValue(input).Shape)], _analysis.NewValue(node.Outputs[0]).Shape);
}
