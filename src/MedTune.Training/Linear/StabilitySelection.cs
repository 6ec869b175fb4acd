using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>
/// How often features are chosen when a path of elastic nets is followed on random halves of the samples: what is chosen in most halves is no accident of a few samples
/// (Meinshausen and Buehlmann, J. R. Stat. Soc. B 72, 2010; complementary halves: Shah and Samworth, J. R. Stat. Soc. B 75, 2013).
/// </summary>
/// <param name="Frequencies">For each margin and feature the share of halves that chose it, 0 to 1.</param>
/// <param name="Selected">How many features a half chose on average.</param>
internal sealed record StabilitySelection(double[][] Frequencies, double Selected)
{
    private const int Steps = 40;

    // A frequency of 0.75 and one false feature: q * q = (2 * 0.75 - 1) * features.
    private const double Share = 0.5;

    /// <summary>The number of false features to expect at most among those chosen in more than a share of the halves (theorem 1 of Meinshausen and Buehlmann).</summary>
    /// <param name="frequency">Above 0.5.</param>
    public double FalseFeatures(double frequency) => Selected * Selected / (((2 * frequency) - 1) * Frequencies[0].Length);

    /// <summary>Runs all halves.</summary>
    /// <param name="columns">Standardized columns of the samples.</param>
    /// <param name="classes">The class of each sample.</param>
    /// <param name="groups">Samples of one group are in the same half.</param>
    /// <param name="count">Number of classes.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="seed">Seed of the fit.</param>
    /// <param name="pool">Threads; their number changes no bit.</param>
    /// <param name="cancellation">Asked before each half.</param>
    public static StabilitySelection Run(
        IReadOnlyList<double[]> columns, int[] classes, int[] groups, int count, StabilityOptions options, ulong seed, TaskPool pool, CancellationToken cancellation)
    {
        int margins = count == 2 ? 1 : count;
        int most = options.Selected > 0 ? options.Selected : Math.Max(1, Math.Min((int)Math.Sqrt(Share * columns.Count), classes.Length / 4));
        var chosen = new ElasticNetFit?[2 * options.Pairs];
        pool.Run(options.Pairs, (columns, classes, groups, count, options, seed, most, chosen, cancellation), static (state, pair) =>
        {
            var halves = Halves(state.classes, state.groups, state.seed, pair);
            for (int half = 0; half < 2; half++)
            {
                state.cancellation.ThrowIfCancellationRequested();
                state.chosen[(2 * pair) + half] = Choose(state.columns, halves[half], state.classes, state.count, state.options.LassoShare, state.most);
            }
        });

        var frequencies = Enumerable.Range(0, margins).Select(_ => new double[columns.Count]).ToArray();
        (int used, double selected) = (0, 0);
        foreach (var fit in chosen.OfType<ElasticNetFit>())
        {
            (used, selected) = (used + 1, selected + fit.Features.Length);
            foreach (var weight in fit.Weights)
            {
                frequencies[weight.Margin][weight.Feature]++;
            }
        }

        return new StabilitySelection([.. frequencies.Select(row => Array.ConvertAll(row, hits => used > 0 ? hits / used : 0))], used > 0 ? selected / used : 0);
    }

    /// <summary>Two halves of the groups, each class in equal shares; of an odd number the last is left out.</summary>
    private static int[][] Halves(int[] classes, int[] groups, ulong seed, int pair)
    {
        var random = new Philox(seed, RandomPurpose.Evidence, (1UL << 40) | (uint)pair);
        var halfOf = new Dictionary<int, int>();
        int dealt = 0;
        foreach (var same in Enumerable.Range(0, classes.Length).DistinctBy(row => groups[row]).GroupBy(row => classes[row]).OrderBy(same => same.Key))
        {
            int[] order = [.. same.OrderBy(row => random.LongBits((ulong)row)).ThenBy(row => row)];
            foreach (int row in order.AsSpan(0, order.Length / 2 * 2))
            {
                halfOf[groups[row]] = dealt++ % 2;
            }
        }

        return [.. Enumerable.Range(0, 2).Select(half => Enumerable.Range(0, classes.Length).Where(row => halfOf.TryGetValue(groups[row], out int own) && own == half).ToArray())];
    }

    /// <summary>The largest fit of the path that has not more than the wanted number of features; null where a class is missing.</summary>
    private static ElasticNetFit? Choose(IReadOnlyList<double[]> columns, int[] rows, int[] classes, int count, double lassoShare, int most)
    {
        int[] own = Array.ConvertAll(rows, row => classes[row]);
        if (own.Distinct().Count() < count)
        {
            return null;
        }

        var options = new ElasticNetOptions { LassoShare = lassoShare, Count = Steps, SmallestShare = 0.05, MostFeatures = most, Tolerance = 1e-5 };
        var path = ElasticNetPath.Follow(StandardizedColumns.Part(columns, rows), own, count, options);
        return path.Last(fit => fit.Features.Length <= most || fit == path[0]);
    }
}
