namespace MedTune.Reports.Wording;

/// <summary>A confusion matrix of two classes told as "of 100 patients ...": whole numbers that add up.</summary>
/// <remarks>
/// Natural frequencies are understood better than percentages (Hoffrage and Gigerenzer, Academic Medicine 73:538, 1998).
/// </remarks>
/// <param name="Of">100, 1,000 or 10,000: the smallest that leaves at least five of the rarer kind, as far as that goes.</param>
/// <param name="TruePositives">With the outcome and flagged.</param>
/// <param name="FalsePositives">Without the outcome but flagged.</param>
/// <param name="FalseNegatives">With the outcome but not flagged.</param>
/// <param name="TrueNegatives">Without the outcome and not flagged.</param>
internal sealed record NaturalFrequencies(int Of, int TruePositives, int FalsePositives, int FalseNegatives, int TrueNegatives)
{
    /// <summary>How many are flagged.</summary>
    public int Flagged => TruePositives + FalsePositives;

    /// <summary>How many are not flagged.</summary>
    public int NotFlagged => FalseNegatives + TrueNegatives;

    /// <summary>How many have the outcome.</summary>
    public int WithOutcome => TruePositives + FalseNegatives;

    /// <summary>Scales the counts; null when they are not of two classes or there are none.</summary>
    public static NaturalFrequencies? Of100(ConfusionCounts? confusion)
    {
        if (confusion is not { Counts: [[int tn, int fp], [int fn, int tp]] })
        {
            return null;
        }

        long total = (long)tn + fp + fn + tp;
        if (total <= 0 || tn < 0 || fp < 0 || fn < 0 || tp < 0)
        {
            return null;
        }

        long rarer = Math.Min((long)tp + fn, (long)tn + fp);
        int of = rarer * 20 >= total || rarer == 0 ? 100 : rarer * 200 >= total ? 1000 : 10_000;
        int[] parts = Apportioned([tp, fp, fn, tn], of);
        return new NaturalFrequencies(of, parts[0], parts[1], parts[2], parts[3]);
    }

    /// <summary>Shares of <paramref name="whole"/> by largest remainder, the first of equal remainders winning.</summary>
    internal static int[] Apportioned(int[] counts, int whole)
    {
        long total = counts.Sum(count => (long)count);
        int[] shares = [.. counts.Select(count => (int)((long)count * whole / total))];
        int[] order = [.. Enumerable.Range(0, counts.Length).OrderByDescending(index => (long)counts[index] * whole % total)];
        int left = whole - shares.Sum();
        for (int place = 0; place < left; place++)
        {
            shares[order[place]]++;
        }

        return shares;
    }
}
