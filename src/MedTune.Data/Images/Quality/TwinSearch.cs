using System.Collections.Immutable;

namespace MedTune.Data.Images;

/// <summary>Finds pictures that are the same or almost: hashes that differ in few bits, then verified on the thumbnails.</summary>
/// <remarks>Hashes are cut into one band more than the bits that may differ, so that two close ones have a band in common (pigeonholes); only pictures with an equal band are compared.</remarks>
internal static class TwinSearch
{
    /// <summary>Bits in which the hashes of almost the same pictures may differ.</summary>
    public const int LargestDistance = 4;

    /// <summary>Correlation of the thumbnails from which on two pictures are almost the same.</summary>
    public const double LeastCorrelation = 0.998;

    private const int MostPairs = 100_000;

    /// <summary>All pairs, in order of their numbers.</summary>
    /// <param name="measures">Measures by number; null for a picture that could not be read.</param>
    /// <param name="areNeighbours">Whether two pictures are expected to be alike: then only equal ones are a pair.</param>
    /// <param name="isWhole">Whether all pairs are there; false where more than 100,000 were found.</param>
    public static ImmutableArray<TwinPictures> Find(IReadOnlyList<PictureMeasures?> measures, Func<int, int, bool> areNeighbours, out bool isWhole)
    {
        var pairs = new SortedDictionary<(int First, int Second), TwinPictures>();
        Exact(measures, pairs);
        const int bands = LargestDistance + 1;
        for (int band = 0; band < bands && pairs.Count < MostPairs; band++)
        {
            (int from, int to) = (band * 64 / bands, (band + 1) * 64 / bands);
            ulong mask = (to - from == 64 ? ulong.MaxValue : (1UL << (to - from)) - 1) << from;
            foreach (var group in Groups(measures, measure => measure.Hash & mask))
            {
                Compare(measures, group, areNeighbours, pairs);
            }
        }

        isWhole = pairs.Count < MostPairs;
        return [.. pairs.Values];
    }

    private static void Exact(IReadOnlyList<PictureMeasures?> measures, SortedDictionary<(int First, int Second), TwinPictures> pairs)
    {
        foreach (int[] group in Groups(measures, measure => measure.Digest))
        {
            // A chain holds a group together; all pairs of a thousand equal black pictures would be half a million.
            for (int i = 1; i < group.Length && pairs.Count < MostPairs; i++)
            {
                pairs[(group[i - 1], group[i])] = new TwinPictures(group[i - 1], group[i], true, 1);
            }
        }
    }

    private static void Compare(IReadOnlyList<PictureMeasures?> measures, int[] group, Func<int, int, bool> areNeighbours, SortedDictionary<(int First, int Second), TwinPictures> pairs)
    {
        for (int i = 0; i < group.Length; i++)
        {
            for (int j = i + 1; j < group.Length; j++)
            {
                var (one, other) = (measures[group[i]]!, measures[group[j]]!);
                if (PerceptualHash.Distance(one.Hash, other.Hash) > LargestDistance || one.Digest == other.Digest || pairs.ContainsKey((group[i], group[j])) || areNeighbours(group[i], group[j]))
                {
                    continue;
                }

                double correlation = Correlation(one.Thumbnail, other.Thumbnail);
                if (correlation >= LeastCorrelation && pairs.Count < MostPairs)
                {
                    pairs[(group[i], group[j])] = new TwinPictures(group[i], group[j], false, correlation);
                }
            }
        }
    }

    private static IEnumerable<int[]> Groups<TKey>(IReadOnlyList<PictureMeasures?> measures, Func<PictureMeasures, TKey> key)
        where TKey : notnull
    {
        var groups = new Dictionary<TKey, List<int>>();
        var order = new List<List<int>>();
        for (int i = 0; i < measures.Count; i++)
        {
            if (measures[i] is not { } measure)
            {
                continue;
            }

            if (!groups.TryGetValue(key(measure), out var group))
            {
                groups.Add(key(measure), group = []);
                order.Add(group);
            }

            group.Add(i);
        }

        return order.Where(group => group.Count > 1).Select(group => group.ToArray());
    }

    private static double Correlation(byte[] one, byte[] other)
    {
        (long a, long b, long aa, long bb, long ab) = (0, 0, 0, 0, 0);
        for (int i = 0; i < one.Length; i++)
        {
            (long x, long y) = (one[i], other[i]);
            (a, b, aa, bb, ab) = (a + x, b + y, aa + (x * x), bb + (y * y), ab + (x * y));
        }

        double n = one.Length;
        double spread = (aa - (a * a / n)) * (bb - (b * b / n));
        return spread <= 0 ? 0 : (ab - (a * b / n)) / Math.Sqrt(spread);
    }
}
