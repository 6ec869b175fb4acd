using System.Collections.Immutable;

namespace MedTune.Graphs.Execution;

/// <summary>
/// Finds forward values that need not be kept, so that a training step takes no more than given. Three ways are tried: one value after the other, the cheapest
/// per byte first; the pass cut into segments, of which only the ends are kept; and what a way drops without need is kept again, the most expensive first.
/// Finding the best set is hard for graphs in general; which set is found depends on graph and shapes alone.
/// </summary>
internal sealed class RecomputationSearch
{
    // Values below this share of the largest one, such as means per channel, are worth more than their memory.
    private const int Trifle = 256;
    private const int MostTrials = 96;
    private static readonly int[] SegmentCounts = [2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40];

    private readonly RecomputedOrder _order;
    private readonly ImmutableArray<int> _candidates;
    private readonly int[] _lastReads;

    public RecomputationSearch(RecomputedOrder order)
    {
        _order = order;
        long largest = order.Bytes.DefaultIfEmpty(0).Max();
        _candidates = [.. Enumerable.Range(0, order.ForwardNodes).Where(n => order.Bytes[n] > largest / Trifle)];
        _lastReads = new int[order.ForwardNodes];
        for (int n = 0; n < order.ForwardNodes; n++)
        {
            foreach (int giver in order.NodeAt(n).Inputs.Select(order.GiverOf).Where(giver => giver >= 0))
            {
                _lastReads[giver] = n;
            }
        }
    }

    /// <summary>
    /// One value after the other, as long as something can help. What is returned gives for a goal the first trial whose peak is no higher, or the last there
    /// is; it goes no further than it is asked to.
    /// </summary>
    public Func<long, Trial> OneByOne(Func<int, bool> isAllowed)
    {
        var trials = Trials(isAllowed).GetEnumerator();
        var made = new List<Trial>();
        return goal =>
        {
            while (made.TrueForAll(trial => trial.Peak > goal) && trials.MoveNext())
            {
                made.Add(trials.Current);
            }

            return made.Find(trial => trial.Peak <= goal) ?? made[^1];
        };
    }

    /// <summary>Only the values between segments of about equal memory are kept; one trial for each number of segments.</summary>
    public IEnumerable<Trial> Segments() => SegmentCounts.Where(count => count < _candidates.Length).Select(count =>
    {
        var kept = Ends(count);
        return Try([.. _candidates.Where(candidate => !kept.Contains(candidate))]);
    });

    /// <summary>Keeps again what need not be dropped for the goal, the most expensive first.</summary>
    public Trial Refined(Trial trial, long goal)
    {
        foreach (int node in trial.Dropped.OrderByDescending(_order.CostOf).ThenBy(node => node).Take(MostTrials).ToArray())
        {
            var without = Try(trial.Dropped.Remove(node));
            trial = without.Peak <= goal ? without : trial;
        }

        return trial;
    }

    /// <summary>The step's nodes of a trial.</summary>
    public PlanAnalysis AnalysisOf(Trial trial) => _order.Without(trial.Dropped);

    /// <summary>Each trial is no higher than the one before.</summary>
    private IEnumerable<Trial> Trials(Func<int, bool> isAllowed)
    {
        var current = Try([]);
        yield return current;
        var tried = new HashSet<int>();
        while (Best(current, tried, isAllowed) is int next and >= 0)
        {
            tried.Add(next);
            var trial = Try(current.Dropped.Add(next));
            if (trial.Peak <= current.Peak)
            {
                current = trial;
                yield return current;
            }
        }
    }

    private Trial Try(ImmutableHashSet<int> dropped)
    {
        var analysis = _order.Without(dropped);
        (long peak, int step) = MemoryPlan.PeakOf(analysis);
        long cost = analysis.Nodes.Skip(_order.ForwardNodes).Where(node => RecomputedOrder.IsAgain(node.Outputs[0]))
            .Sum(node => _order.GiverOf(RecomputedOrder.Original(node.Outputs[0])) is var giver and >= 0 ? _order.CostOf(giver) : 0);
        return new Trial(dropped, peak, step, cost, FirstReads(analysis));
    }

    /// <summary>Of the values that lie idle at the peak the cheapest to compute again per byte; among equals the largest, then the first. -1 when there is none.</summary>
    private int Best(Trial current, HashSet<int> tried, Func<int, bool> isAllowed)
    {
        int[] firstReads = current.FirstReads;
        return _candidates
            .Where(n => !tried.Contains(n) && isAllowed(n) && _lastReads[n] < current.Step && current.Step < firstReads[n] && firstReads[n] < int.MaxValue)
            .OrderBy(n => (double)_order.CostOf(n) / _order.Bytes[n]).ThenByDescending(n => _order.Bytes[n]).FirstOrDefault(-1);
    }

    /// <summary>The step of the backward pass that first reads what a forward node gave.</summary>
    private int[] FirstReads(PlanAnalysis analysis)
    {
        int[] first = new int[_order.ForwardNodes];
        Array.Fill(first, int.MaxValue);
        for (int n = analysis.Nodes.Length - 1; n >= _order.ForwardNodes; n--)
        {
            foreach (int giver in analysis.Nodes[n].Inputs.Select(_order.GiverOf).Where(giver => giver >= 0))
            {
                first[giver] = n;
            }
        }

        return first;
    }

    /// <summary>The nodes of which something is read across one of the cuts between so many segments.</summary>
    private HashSet<int> Ends(int segments)
    {
        long whole = _candidates.Sum(candidate => _order.Bytes[candidate]);
        long[] before = new long[_order.ForwardNodes + 1];
        long[] across = new long[_order.ForwardNodes + 1];
        foreach (int candidate in _candidates)
        {
            for (int n = candidate + 1; n <= _order.ForwardNodes; n++)
            {
                before[n] += _order.Bytes[candidate];
                across[n] += n <= _lastReads[candidate] ? _order.Bytes[candidate] : 0;
            }
        }

        var kept = new HashSet<int>();
        for (int cut = 1; cut < segments; cut++)
        {
            // The narrowest place within a third of a segment around the even one.
            long even = whole * cut / segments, reach = whole / (3 * segments);
            int place = Enumerable.Range(1, _order.ForwardNodes)
                .OrderBy(n => Math.Abs(before[n] - even) <= reach ? across[n] : long.MaxValue).ThenBy(n => Math.Abs(before[n] - even)).First();
            kept.UnionWith(_candidates.Where(candidate => candidate < place && place <= _lastReads[candidate]));
        }

        return kept;
    }

    /// <summary>A set of dropped nodes and what comes of it.</summary>
    /// <param name="Dropped">The forward nodes whose results are not kept.</param>
    /// <param name="Peak">The most bytes alive at a time.</param>
    /// <param name="Step">When that is.</param>
    /// <param name="Cost">What the copies cost, in multiplications with an addition.</param>
    /// <param name="FirstReads">When the backward pass first reads what each forward node gave.</param>
    internal sealed record Trial(ImmutableHashSet<int> Dropped, long Peak, int Step, long Cost, int[] FirstReads);
}
