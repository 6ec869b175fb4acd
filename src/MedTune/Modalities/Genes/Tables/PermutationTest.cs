using MedTune.Data;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>
/// Whether labels can be told at all: the out-of-fold area under the ROC curve of a fast model beside what the same model reaches when labels are shuffled
/// (Ojala and Garriga, JMLR 11, 2010).
/// </summary>
/// <param name="Auroc">With the true labels; of several classes the mean of each against the others.</param>
/// <param name="Shuffled">With shuffled labels, in the order of the shuffles.</param>
/// <param name="PValue">(b + 1) / (m + 1), where b of m shuffles reach as much (Phipson and Smyth, 2010).</param>
internal sealed record PermutationTest(double Auroc, double[] Shuffled, double PValue)
{
    private const int Block = 16;

    /// <summary>How many shuffles a clock let begin, from how many said something: they are done in blocks.</summary>
    public static int Asked(int shuffles) => (shuffles + Block - 1) / Block * Block;

    /// <summary>Runs the test.</summary>
    /// <param name="data">A table of genes or variants.</param>
    /// <param name="folds">Folds in which groups stay together.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="seed">Seed of the shuffles.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <param name="isTimeUp">Asked before each block of shuffles; how many were done stands in the result, and the same number asked for gives the same bits without a clock.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Null where a training part lacks a class even with the true labels.</returns>
    public static PermutationTest? Run(GeneData data, FoldAssignment folds, PermutationOptions options, ulong seed, TaskPool pool, Func<bool> isTimeUp, CancellationToken cancellation)
    {
        var scores = RidgeScores.Of(data.Values, data.Features.Length, folds, pool);
        int[] rows = [.. Enumerable.Range(0, data.Rows).Where(row => folds.FoldOfRow[row] >= 0)];
        int[] classes = [.. data.Classes];
        if (Area(scores, data, rows, classes, options.Penalty, cancellation) is not { } own)
        {
            return null;
        }

        int[][] units = Units(data, rows);
        var shuffled = new List<double>();
        for (int start = 0; start < options.Permutations && (start == 0 || !isTimeUp()); start += Block)
        {
            var areas = new double?[Math.Min(Block, options.Permutations - start)];
            pool.Run(areas.Length, (scores, data, rows, classes, options, units, seed, start, areas, cancellation), static (state, i) =>
            {
                int[] labels = Shuffle(state.classes, state.units, state.seed, state.start + i);
                state.areas[i] = Area(state.scores, state.data, state.rows, labels, state.options.Penalty, state.cancellation);
            });

            // A shuffle that leaves a training part without a class says nothing and counts as none.
            shuffled.AddRange(areas.OfType<double>());
        }

        int asGood = shuffled.Count(area => area >= own);
        return new PermutationTest(own, [.. shuffled], (asGood + 1.0) / (shuffled.Count + 1));
    }

    /// <summary>What is shuffled: groups of one size as wholes where each group has one label, else single samples of a group among themselves and others.</summary>
    private static int[][] Units(GeneData data, int[] rows)
    {
        var groups = rows.GroupBy(row => data.Groups[row]).Select(group => group.ToArray()).ToArray();
        return groups.All(group => group.All(row => data.Classes[row] == data.Classes[group[0]])) ? groups : [.. rows.Select(row => new[] { row })];
    }

    private static int[] Shuffle(int[] classes, int[][] units, ulong seed, int permutation)
    {
        int[] labels = [.. classes];
        foreach (var same in units.GroupBy(unit => unit.Length).OrderBy(same => same.Key))
        {
            int[][] own = [.. same];
            int[] order = [.. Enumerable.Range(0, own.Length)];
            new Philox(seed, RandomPurpose.Evidence, (2UL << 40) | ((ulong)permutation << 16) | (uint)Math.Min(same.Key, ushort.MaxValue)).Shuffle(order);
            for (int i = 0; i < own.Length; i++)
            {
                foreach (int row in own[i])
                {
                    labels[row] = classes[own[order[i]][0]];
                }
            }
        }

        return labels;
    }

    private static double? Area(RidgeScores scores, GeneData data, int[] rows, int[] labels, double penalty, CancellationToken cancellation)
    {
        if (scores.Margins(labels, data.ClassNames.Length, penalty, cancellation) is not { } margins)
        {
            return null;
        }

        double sum = 0;
        for (int margin = 0; margin < margins.Length; margin++)
        {
            int positive = margins.Length == 1 ? 1 : margin;
            sum += MedTune.Evaluation.Auroc.Of(Array.ConvertAll(rows, row => margins[margin][row]), Array.ConvertAll(rows, row => labels[row] == positive ? 1 : 0));
        }

        return sum / margins.Length;
    }
}
