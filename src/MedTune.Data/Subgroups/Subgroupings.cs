using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Data;

/// <summary>Finds the groups of people a model should be judged for, by the names of the columns.</summary>
public static class Subgroupings
{
    private const int MostLevels = 12;
    private const int MostSites = 30;
    private static readonly int[] AgeBounds = [18, 40, 55, 65, 75];

    /// <summary>Age bands, sex or gender, race or ethnicity, and the sites, where the data have them; dropped columns with few levels count too.</summary>
    /// <param name="dataset">The rows.</param>
    /// <returns>In the order of the file, the sites last; empty when there are none.</returns>
    public static ImmutableArray<Subgrouping> Of(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var found = ImmutableArray.CreateBuilder<Subgrouping>();
        foreach (var profile in dataset.Profiles)
        {
            bool isAge = PersonName.IsAge(profile.Name);
            if ((isAge || PersonName.IsGroup(profile.Name)) && profile.Role is ColumnRole.Feature or ColumnRole.Dropped or ColumnRole.LeftOut
                && Of(dataset, profile.Name, isAge) is { Groups.Length: > 1 } grouping)
            {
                found.Add(grouping);
            }
        }

        if (dataset.Sites is { } sites && dataset.SiteNames.Length is > 1 and <= MostSites)
        {
            found.Add(new Subgrouping("site", dataset.SiteNames, sites));
        }

        return found.ToImmutable();
    }

    private static Subgrouping? Of(Dataset dataset, string name, bool isAge) =>
        dataset.Features.FirstOrDefault(feature => feature.Name == name) switch
        {
            NumberColumn { IsCategory: false } number when isAge => Bands(number),
            NumberColumn number => Levels(number),
            CategoryColumn category when category.Levels.Length <= MostLevels => new Subgrouping(name, category.Levels, category.Codes),
            CategoryColumn => null,
            _ => Texts(dataset, name),
        };

    private static Subgrouping Bands(NumberColumn column)
    {
        string[] names =
        [
            string.Create(CultureInfo.InvariantCulture, $"under {AgeBounds[0]}"),
            .. AgeBounds.Zip(AgeBounds.Skip(1), (low, high) => string.Create(CultureInfo.InvariantCulture, $"{low} to {high - 1}")),
            string.Create(CultureInfo.InvariantCulture, $"{AgeBounds[^1]} and over"),
        ];
        return new Subgrouping(column.Name, [.. names], Array.ConvertAll(
            column.Values, value => double.IsNaN(value) ? -1 : AgeBounds.Count(bound => value >= bound)));
    }

    private static Subgrouping? Levels(NumberColumn column)
    {
        double[] levels = [.. column.Values.Where(value => !double.IsNaN(value)).Distinct().Order().Take(MostLevels + 1)];
        return levels.Length > MostLevels
            ? null
            : new Subgrouping(
                column.Name,
                [.. levels.Select(level => level.ToString("R", CultureInfo.InvariantCulture))],
                Array.ConvertAll(column.Values, value => double.IsNaN(value) ? -1 : Array.BinarySearch(levels, value)));
    }

    /// <summary>A column that is no input of the model, by its texts.</summary>
    private static Subgrouping? Texts(Dataset dataset, string name)
    {
        if (dataset.Table.Find(name) is not { Distinct: <= 4 * MostLevels } column)
        {
            return null;
        }

        string?[] textOfCode = [.. Enumerable.Range(0, column.Distinct).Select(code => dataset.Missing.Contains(column.Utf8Of(code)) ? null : column.TextOf(code).Trim())];
        int[] codes = column.Codes.ToArray();
        string?[] texts = Array.ConvertAll(dataset.RowNumbers, row => textOfCode[codes[row]]);
        string[] levels = [.. texts.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return levels.Length > MostLevels
            ? null
            : new Subgrouping(name, [.. levels], Array.ConvertAll(texts, text => text is null ? -1 : Array.BinarySearch(levels, text, StringComparer.Ordinal)));
    }
}
