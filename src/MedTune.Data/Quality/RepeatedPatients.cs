using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace MedTune.Data;

/// <summary>Looks for patients with several rows in columns that identify.</summary>
internal sealed partial class RepeatedPatients(Table table, int[] rows, int[] target, ImmutableArray<FeatureColumn> features, MissingMarkers missing)
{
    private const int FewestGroups = 5;
    private const int Sample = 500;

    // The endings by which the rows of one patient are told apart, the usual ones first.
    private static readonly string[] Patterns =
    [
        "^(.*)_[0-9]+$",
        "^(.*)-[0-9]+$",
        "^(.*)[.][0-9]+$",
        "^(.*)/[0-9]+$",
        "^(.*) [0-9]+$",
        "^(.*)#[0-9]+$",
        "^(.*[0-9])_?[a-z]$",
        "^(.*[0-9])_?[A-Z]$",
        "^(.*)[_-][A-Za-z]+[0-9]*$",
        "^(.*)第[0-9]+次$",
    ];

    // Identifiers of anything but a patient may repeat.
    private static readonly string[] Others =
    [
        "site", "hospital", "center", "centre", "clinic", "ward", "doctor", "physician", "surgeon", "nurse", "device", "scanner", "lab", "batch",
        "plate", "postal", "zip", "department", "unit", "provider", "country", "city", "admission", "discharge", "payer", "drug", "icd",
    ];

    private static readonly string[] OthersChinese = ["医院", "科室", "医生", "医师", "设备", "中心", "批次", "条码"];

    /// <summary>The column that names repeated patients, the pattern on it (or null for the whole cell), how many rows and patients there are; null when nothing was found.</summary>
    public (ColumnProfile Column, string? Pattern, int Rows, int Patients)? Find(IEnumerable<ColumnProfile> profiles)
    {
        foreach (ColumnProfile profile in profiles.Where(profile => profile.Role is not (ColumnRole.Target or ColumnRole.Site)))
        {
            var name = new NameTokens(profile.Name);
            if (name.HasAny(Others) || name.Holds(OthersChinese) || profile.Known < 20)
            {
                continue;
            }

            if (NamesPatients(profile, name) && Repeats(profile) is { } whole)
            {
                return (profile, null, whole.Rows, whole.Groups);
            }

            if (profile.Kind == ColumnKind.Identifier && !profile.IsNumericText && ByPattern(profile) is { } found)
            {
                return (profile, found.Pattern, found.Rows, found.Groups);
            }
        }

        return null;
    }

    // Where few patients have many rows each, the column was taken as a category, and only its name tells.
    private static bool NamesPatients(ColumnProfile profile, NameTokens name) =>
        profile.Kind == ColumnKind.Identifier ? IdentifierName.IsLike(profile.Name)
        : profile.Kind is ColumnKind.Category or ColumnKind.Number && profile.Distinct >= FewestGroups
            && (PatientWords().IsMatch(string.Join(' ', name.Words)) || name.Holds("病历号", "住院号", "患者编号", "病人编号", "患者ID", "病人ID"));

    [GeneratedRegex("^(patient|subject|participant|person|case|mrn|pid)s?( (id|no|nr|nbr|number|code|key|name|uid))?$", RegexOptions.CultureInvariant)]
    private static partial Regex PatientWords();

    private static (int Rows, int Groups)? Repeats(ColumnProfile profile)
    {
        bool isCounted = profile.Distinct < 0.98 * profile.Known && profile.Distinct >= FewestGroups;
        return isCounted ? (profile.Known, profile.Distinct) : null;
    }

    private (string Pattern, int Rows, int Groups)? ByPattern(ColumnProfile profile)
    {
        foreach (string pattern in Patterns)
        {
            GroupColumn column = GroupColumn.Parse($"{profile.Name}:{pattern}", table);
            if (column.Pattern is null)
            {
                continue;
            }

            // A look at some rows first: most patterns fit no column, and a file can have very many rows.
            int[] some = rows.Length <= Sample ? rows : rows[..Sample];
            _ = column.GroupsOf(some, missing, out _, out int unmatched);
            if (unmatched > 0.05 * some.Length)
            {
                continue;
            }

            int[] groups = column.GroupsOf(rows, missing, out ImmutableArray<string> names, out unmatched);
            if (unmatched > 0.05 * rows.Length || names.Length < FewestGroups || names.Length > 0.8 * rows.Length)
            {
                continue;
            }

            var sizes = new int[names.Length];
            foreach (int group in groups.Where(group => group >= 0))
            {
                sizes[group]++;
            }

            int inRepeats = sizes.Where(size => size > 1).Sum();
            if (inRepeats >= 0.2 * rows.Length && sizes.Max() <= rows.Length / 4 && AreAlike(groups))
            {
                return (pattern, profile.Known, names.Length);
            }
        }

        return null;
    }

    // Rows of one patient share the outcome or a measurement much more often than rows of two; rows of one hospital do not.
    private bool AreAlike(int[] groups)
    {
        var pairs = new List<(int First, int Second)>();
        var last = new Dictionary<int, int>();
        for (int row = 0; row < groups.Length; row++)
        {
            if (groups[row] >= 0 && last.TryGetValue(groups[row], out int before))
            {
                pairs.Add((before, row));
            }

            last[groups[row]] = row;
        }

        int same = pairs.Count(pair => target[pair.First] == target[pair.Second]);
        double chance = target.GroupBy(found => found).Sum(group => (double)group.Count() / target.Length * group.Count() / target.Length);
        if (chance < 0.98 && same >= (chance + (0.8 * (1 - chance))) * pairs.Count)
        {
            return true;
        }

        return features.OfType<NumberColumn>().Any(feature => AreEqual(feature, pairs)) || MostAreClose(pairs);
    }

    private static bool AreEqual(NumberColumn feature, List<(int First, int Second)> pairs)
    {
        if (feature.Profile.Distinct < 10)
        {
            return false;
        }

        int known = pairs.Count(pair => !feature.IsMissing(pair.First) && !feature.IsMissing(pair.Second));
        int equal = pairs.Count(pair => feature.Values[pair.First] == feature.Values[pair.Second]);
        return known >= 10 && equal >= 0.9 * known;
    }

    // Half the squared difference of two rows is the variance within a group, to be held against that of all rows.
    private bool MostAreClose(List<(int First, int Second)> pairs)
    {
        int close = 0;
        int judged = 0;
        foreach (NumberColumn feature in features.OfType<NumberColumn>().Where(feature => feature.Profile.Distinct >= 10))
        {
            double[] known = [.. feature.Values.Where(value => !double.IsNaN(value))];
            double mean = known.Average();
            double variance = known.Sum(value => (value - mean) * (value - mean)) / known.Length;
            double[] within = [.. pairs.Select(pair => feature.Values[pair.First] - feature.Values[pair.Second]).Where(difference => !double.IsNaN(difference))];
            if (within.Length < 10 || variance == 0)
            {
                continue;
            }

            judged++;
            close += within.Sum(difference => difference * difference) / (2 * within.Length) < 0.4 * variance ? 1 : 0;
        }

        return judged >= 3 && 2 * close > judged;
    }
}
