using System.Collections.Frozen;
using System.Globalization;

namespace MedTune.Graphs.Execution;

/// <summary>
/// Recomputation instead of storage in training steps. What costs one sweep of memory is always computed again where that makes the peak clearly lower; with a
/// limit, anything is, as little as the limit asks for. Nothing of it changes a bit: the copies are the same nodes on the same values.
/// </summary>
internal static class Recomputation
{
    // Below this, memory is no concern and every step counts.
    private const long Worthwhile = 32L << 20;

    // Sweeps are computed again until the peak is at this share (in fifths) of what it was: beyond, time grows faster than memory falls.
    private const int FifthsKept = 4;

    private const int MostRefined = 3;
    private static readonly int[] GoalShares = [100, 97, 93, 85, 0];

    private static readonly FrozenSet<string> Sweeps = FrozenSet.Create(
        StringComparer.Ordinal,
        "BlockedNormalization", "BatchNormalization", "Relu", "Clip", "LeakyRelu", "HardSigmoid", "HardSwish", "Add", "Sub", "Mul", "Sum", "Neg",
        "LayerNormalization", "Gelu", "Sigmoid", "Swish");

    /// <summary>The nodes of a plan with what is computed again; the analysis as given for graphs without gradients, and where there is nothing to gain.</summary>
    /// <exception cref="MemoryShortageException">The options' limit cannot be met; the message names the least that can.</exception>
    public static PlanAnalysis Apply(PlanAnalysis analysis)
    {
        var order = new RecomputedOrder(analysis);
        if (order.ForwardNodes == 0)
        {
            return analysis;
        }

        var options = analysis.Options;
        var plain = MemoryPlan.For(analysis, allocates: false);
        long beside = plain.FixedBytes + options.CompanionBytes;
        long limit = Math.Min(options.MemoryLimit, options.TotalLimit == long.MaxValue ? long.MaxValue : options.TotalLimit - beside);
        var search = new RecomputationSearch(order);
        if (options.RecomputesSweeps && plain.ArenaBytes > Worthwhile)
        {
            long goal = MemoryPlan.PeakOf(analysis).Bytes / 5 * FifthsKept;
            var trial = search.OneByOne(node => Sweeps.Contains(order.NodeAt(node).OpType))(goal);

            // A little less memory is not worth the sweeps.
            analysis = trial.Peak <= goal ? search.AnalysisOf(trial) : analysis;
        }

        return MemoryPlan.For(analysis, allocates: false).ArenaBytes <= limit ? analysis : Within(limit, beside, search, analysis.Graph.Name);
    }

    private static PlanAnalysis Within(long limit, long beside, RecomputationSearch search, string name)
    {
        // Arenas are larger than peaks by the gaps in them, so the goal is lowered step by step; the last one is as low as can be.
        var segments = search.Segments().ToArray();
        var oneByOne = search.OneByOne(_ => true);
        long least = long.MaxValue;
        foreach (long goal in GoalShares.Select(share => Math.Max(0, limit) / 100 * share))
        {
            var trials = segments.Append(oneByOne(goal)).ToArray();
            var fitting = trials.Where(trial => trial.Peak <= goal).OrderBy(trial => trial.Cost).Take(MostRefined).Select(trial => search.Refined(trial, goal));
            foreach (var trial in (goal > 0 ? fitting : trials).OrderBy(trial => trial.Cost))
            {
                var analysis = search.AnalysisOf(trial);
                long arena = MemoryPlan.For(analysis, allocates: false).ArenaBytes;
                if (arena <= limit)
                {
                    return analysis;
                }

                // Only what does not hang on the goal can be promised.
                least = goal > 0 ? least : Math.Min(least, arena);
            }
        }

        throw new MemoryShortageException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"A training step of '{name}' does not fit into {limit + beside} bytes: with all that can be computed again it needs {least + beside}, of which {beside} are weights, inputs and the optimizer's state. Raise the limit to that, or train with smaller batches."),
            least + beside);
    }
}
