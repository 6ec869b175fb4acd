using MedTune.Tensors;

namespace MedTune.Evaluation;

/// <summary>Pairs of a treated and an untreated row by rank of predicted effect, and the concordance of predicted with observed benefit among them.</summary>
/// <param name="predicted">Rising.</param>
/// <param name="outcomes">In the same order.</param>
/// <param name="isTreated">In the same order.</param>
/// <param name="units">In the same order.</param>
/// <param name="seed">Of the rows left out of the larger arm.</param>
internal sealed class BenefitPairs(double[] predicted, double[] outcomes, bool[] isTreated, int[] units, ulong seed)
{
    /// <summary>Pairs of the last concordance.</summary>
    public int Count { get; private set; }

    /// <summary>The share of concordant pairs of pairs, ties in prediction counting half; NaN where none differs in observed benefit.</summary>
    public double Concordance(ReadOnlySpan<int> unitCounts, ulong stream)
    {
        int[] treated = Rows(unitCounts, true);
        int[] control = Rows(unitCounts, false);
        Count = Math.Min(treated.Length, control.Length);
        Philox random = new(seed, RandomPurpose.Evidence, stream);
        treated = Reduced(treated, Count, random);
        control = Reduced(control, Count, random);

        // Both arms rise by prediction, so the pairs do.
        double[] benefits = new double[Count];
        double[] predictions = new double[Count];
        for (int i = 0; i < benefits.Length; i++)
        {
            benefits[i] = outcomes[treated[i]] - outcomes[control[i]];
            predictions[i] = (predicted[treated[i]] + predicted[control[i]]) / 2;
        }
        return Concordance(predictions, benefits);
    }

    private int[] Rows(ReadOnlySpan<int> unitCounts, bool ofTreated)
    {
        List<int> rows = [];
        for (int i = 0; i < units.Length; i++)
        {
            for (int time = 0; isTreated[i] == ofTreated && time < unitCounts[units[i]]; time++)
            {
                rows.Add(i);
            }
        }
        return [.. rows];
    }

    private static int[] Reduced(int[] rows, int count, Philox random)
    {
        if (rows.Length == count)
        {
            return rows;
        }
        int[] places = [.. Enumerable.Range(0, rows.Length)];
        random.Shuffle(places);
        int[] kept = places[..count];
        Array.Sort(kept);
        return Array.ConvertAll(kept, place => rows[place]);
    }

    private static double Concordance(double[] rising, double[] benefits)
    {
        double[] levels = [.. benefits.Distinct().Order()];
        long[] tree = new long[levels.Length + 1];
        int[] ranks = Array.ConvertAll(benefits, benefit => Array.BinarySearch(levels, benefit) + 1);
        long[] ofRank = new long[levels.Length + 1];
        long concordant = 0;
        long discordant = 0;
        for (int start = 0; start < rising.Length;)
        {
            int end = start;
            for (; end < rising.Length && rising[end] == rising[start]; end++)
            {
                long below = CountTo(tree, ranks[end] - 1);
                concordant += below;
                discordant += start - CountTo(tree, ranks[end]);
            }
            for (; start < end; start++)
            {
                ofRank[ranks[start]]++;
                Add(tree, ranks[start]);
            }
        }
        long n = rising.Length;
        long comparable = ((n * n) - ofRank.Sum(count => count * count)) / 2;
        return comparable == 0 ? double.NaN : (concordant + (0.5 * (comparable - concordant - discordant))) / comparable;
    }

    /// <summary>How many of the added ranks are at most this one (a tree of partial counts: Fenwick, Softw Pract Exp 1994;24:327-336).</summary>
    private static long CountTo(long[] tree, int rank)
    {
        long count = 0;
        for (; rank > 0; rank -= rank & -rank)
        {
            count += tree[rank];
        }
        return count;
    }

    private static void Add(long[] tree, int rank)
    {
        for (; rank < tree.Length; rank += rank & -rank)
        {
            tree[rank]++;
        }
    }
}
