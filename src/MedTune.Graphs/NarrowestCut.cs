namespace MedTune.Graphs;

/// <summary>
/// Finds the values of the least weight that separate sources from targets in a graph of values: the minimum vertex cut, by augmenting paths (Edmonds and
/// Karp 1972) on the graph in which every value is an edge of its weight. Of several such cuts the one nearest the targets.
/// </summary>
internal sealed class NarrowestCut
{
    /// <summary>The weight of a value that must not be cut.</summary>
    public const long Uncuttable = long.MaxValue / 4;

    private readonly List<(int To, int Back, long Room)>[] _edges;
    private readonly int _values;

    /// <param name="weights">The weight of each value.</param>
    public NarrowestCut(IReadOnlyList<long> weights)
    {
        _values = weights.Count;
        _edges = [.. Enumerable.Range(0, (2 * _values) + 2).Select(_ => new List<(int, int, long)>())];
        for (int value = 0; value < _values; value++)
        {
            Join(Entry(value), Exit(value), weights[value]);
        }
    }

    private int Source => 2 * _values;

    private int Target => Source + 1;

    /// <summary>One value is computed from another.</summary>
    public void Follow(int from, int to) => Join(Exit(from), Entry(to), Uncuttable);

    /// <summary>A value that is there from the start.</summary>
    public void Begin(int value) => Join(Source, Entry(value), Uncuttable);

    /// <summary>A value that must be reached.</summary>
    public void End(int value) => Join(Exit(value), Target, Uncuttable);

    /// <summary>The values of the cut in ascending order; null when no cut avoids the values that must not be cut.</summary>
    public int[]? Find()
    {
        long flow = 0;
        while (Augment() is long more and > 0)
        {
            flow += more;
            if (flow >= Uncuttable)
            {
                return null;
            }
        }

        bool[] reaching = ReachingTarget();
        return [.. Enumerable.Range(0, _values).Where(value => !reaching[Entry(value)] && reaching[Exit(value)])];
    }

    private static int Entry(int value) => 2 * value;

    private static int Exit(int value) => (2 * value) + 1;

    private void Join(int from, int to, long room)
    {
        _edges[from].Add((to, _edges[to].Count, room));
        _edges[to].Add((from, _edges[from].Count - 1, 0));
    }

    /// <summary>Sends as much as fits along a shortest path with room.</summary>
    private long Augment()
    {
        var arrived = new (int From, int Edge)?[_edges.Length];
        var waiting = new Queue<int>([Source]);
        arrived[Source] = (-1, -1);
        while (waiting.TryDequeue(out int from) && arrived[Target] is null)
        {
            for (int edge = 0; edge < _edges[from].Count; edge++)
            {
                var (to, _, room) = _edges[from][edge];
                if (room > 0 && arrived[to] is null)
                {
                    arrived[to] = (from, edge);
                    waiting.Enqueue(to);
                }
            }
        }

        if (arrived[Target] is null)
        {
            return 0;
        }

        long least = long.MaxValue;
        for (int at = Target; at != Source; at = arrived[at]!.Value.From)
        {
            least = Math.Min(least, _edges[arrived[at]!.Value.From][arrived[at]!.Value.Edge].Room);
        }

        for (int at = Target; at != Source; at = arrived[at]!.Value.From)
        {
            var (from, edge) = arrived[at]!.Value;
            var (to, back, room) = _edges[from][edge];
            _edges[from][edge] = (to, back, room - least);
            _edges[to][back] = _edges[to][back] with { Room = _edges[to][back].Room + least };
        }

        return least;
    }

    /// <summary>The places from which the target can still be reached.</summary>
    private bool[] ReachingTarget()
    {
        bool[] reaching = new bool[_edges.Length];
        var waiting = new Queue<int>([Target]);
        reaching[Target] = true;
        while (waiting.TryDequeue(out int to))
        {
            foreach (var (from, back, _) in _edges[to])
            {
                if (!reaching[from] && _edges[from][back].Room > 0)
                {
                    reaching[from] = true;
                    waiting.Enqueue(from);
                }
            }
        }

        return reaching;
    }
}
