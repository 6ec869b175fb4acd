using System.Collections.Immutable;
using MedTune.Data;

namespace MedTune.Modalities.Tabular;

/// <summary>Which sites are left out in turn, and which rows train for each.</summary>
/// <param name="Loop">One fold per site that is left out.</param>
/// <param name="Sites">The places of those sites in <see cref="Dataset.SiteNames"/>.</param>
/// <param name="TooSmall">The places of the sites that cannot be left out; their rows always train.</param>
/// <param name="Further">Number of sites that could be left out, but are smaller than <see cref="MostSites"/> others; they always train too.</param>
/// <param name="Straddling">Patients who occur at several sites.</param>
internal sealed record SiteSplit(OuterLoop Loop, ImmutableArray<int> Sites, ImmutableArray<int> TooSmall, int Further, int Straddling)
{
    /// <summary>Patients of each class that a site needs to be judged, and that all others need to train for it.</summary>
    public const int FewestPatients = 10;

    /// <summary>More sites than this cost more time than they tell.</summary>
    public const int MostSites = 30;

    /// <summary>Far from the streams of any number of ordinary folds.</summary>
    private const ulong FirstStream = 1 << 24;

    /// <summary>The sites of some rows.</summary>
    /// <param name="data">The samples; the dataset knows its sites.</param>
    /// <param name="rows">The rows that may train, rising.</param>
    public static SiteSplit Of(TabularData data, int[] rows)
    {
        int[] sites = data.Dataset.Sites!;
        int[] patients = data.Dataset.Patients ?? [.. Enumerable.Range(0, data.Rows)];
        var placesOf = rows.ToLookup(row => patients[row], row => sites[row]);
        var training = new Dictionary<int, int[]>();
        var tooSmall = ImmutableArray.CreateBuilder<int>();
        for (int site = 0; site < data.Dataset.SiteNames.Length; site++)
        {
            int place = site;
            int[] own = [.. rows.Where(row => sites[row] == place)];

            // A patient seen here and elsewhere would tell the model what it is asked.
            int[] others = [.. rows.Where(row => !placesOf[patients[row]].Contains(place))];
            if (Fewest(data, patients, own) >= FewestPatients && Fewest(data, patients, others) >= FewestPatients)
            {
                training[site] = others;
            }
            else if (own.Length > 0)
            {
                tooSmall.Add(site);
            }
        }

        int[] left = [.. training.Keys.OrderByDescending(site => rows.Count(row => sites[row] == site)).ThenBy(site => site).Take(MostSites).Order()];
        var folds = new int[data.Rows];
        Array.Fill(folds, -1);
        foreach (int row in rows)
        {
            folds[row] = Array.IndexOf(left, sites[row]);
        }

        return new SiteSplit(
            new OuterLoop("site", new FoldAssignment(folds, left.Length), [.. left.Select(site => training[site])], FirstStream),
            [.. left],
            tooSmall.ToImmutable(),
            training.Count - left.Length,
            placesOf.Count(places => places.Distinct().Count() > 1));
    }

    private static int Fewest(TabularData data, int[] patients, int[] rows) => Enumerable.Range(0, data.ClassCount)
        .Min(k => rows.Where(row => data.Classes[row] == k).Select(row => patients[row]).Distinct().Count());
}
