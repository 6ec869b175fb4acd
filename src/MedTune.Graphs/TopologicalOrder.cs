using System.Collections.Immutable;
using MedTune.Graphs.Operators;

namespace MedTune.Graphs;

/// <summary>Puts nodes in an order in which they can be executed.</summary>
internal static class TopologicalOrder
{
    /// <summary>The nodes, each after those whose outputs it takes; among those that are ready, the earliest listed first.</summary>
    /// <exception cref="InvalidGraphException">An input does not exist, a value is given twice, or nodes wait for each other.</exception>
    public static ImmutableArray<Node> Of(Graph graph)
    {
        var available = new HashSet<string>(graph.Inputs.Select(input => input.Name), StringComparer.Ordinal);
        available.UnionWith(graph.Initializers.Keys);
        if (IsOrdered(graph, available))
        {
            return graph.Nodes;
        }

        var givers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            foreach (string output in graph.Nodes[i].Outputs.Where(output => output.Length > 0))
            {
                if (!givers.TryAdd(output, i) || available.Contains(output))
                {
                    throw new InvalidGraphException(NodeErrors.Sentence(graph.Nodes[i], $"it gives '{output}', which something else gives already."));
                }
            }
        }

        return Sort(graph, available, givers);
    }

    private static bool IsOrdered(Graph graph, HashSet<string> available)
    {
        var given = new HashSet<string>(available, StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            if (node.Inputs.Any(input => input.Length > 0 && !given.Contains(input)) ||
                node.Outputs.Any(output => output.Length > 0 && !given.Add(output)))
            {
                return false;
            }
        }

        return true;
    }

    private static ImmutableArray<Node> Sort(Graph graph, HashSet<string> available, Dictionary<string, int> givers)
    {
        var waiting = new int[graph.Nodes.Length];
        var takers = new Dictionary<int, List<int>>();
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            foreach (string input in graph.Nodes[i].Inputs.Where(input => input.Length > 0 && !available.Contains(input)))
            {
                if (!givers.TryGetValue(input, out int giver))
                {
                    throw new InvalidGraphException(NodeErrors.Sentence(graph.Nodes[i], $"it takes '{input}', which nothing in the graph gives."));
                }

                waiting[i]++;
                (takers.TryGetValue(giver, out var list) ? list : takers[giver] = []).Add(i);
            }
        }

        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, waiting.Length).Where(i => waiting[i] == 0).Select(i => (i, i)));
        var order = ImmutableArray.CreateBuilder<Node>(waiting.Length);
        while (ready.TryDequeue(out int next, out _))
        {
            order.Add(graph.Nodes[next]);
            foreach (int taker in takers.GetValueOrDefault(next) ?? [])
            {
                if (--waiting[taker] == 0)
                {
                    ready.Enqueue(taker, taker);
                }
            }
        }

        int stuck = Array.FindIndex(waiting, count => count > 0);
        return stuck < 0
            ? order.ToImmutable()
            : throw new InvalidGraphException(NodeErrors.Sentence(graph.Nodes[stuck], "it waits, over other nodes, for its own output: the graph has a cycle."));
    }
}
