using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Decides which columns are features, and says which are not and why.</summary>
internal sealed class FeatureSelection(
    Table table, DatasetOptions options, MissingMarkers missing, string? target, string? patient, string? site)
{
    private const int ListedColumns = 8;

    /// <summary>Types all columns on these rows and builds the features.</summary>
    /// <exception cref="DataException">No column can be a feature.</exception>
    public SelectedColumns Select(int[] rows)
    {
        var features = ImmutableArray.CreateBuilder<FeatureColumn>();
        var dropped = ImmutableArray.CreateBuilder<FeatureColumn>();
        var profiles = ImmutableArray.CreateBuilder<ColumnProfile>();
        var findings = new List<Finding>();
        var named = new NamedMarkers(missing);
        foreach (TableColumn column in table.Columns)
        {
            TypedColumn typed = ColumnTyping.Decide(column, rows, missing, table.Format.DecimalMark, StatedFor(column.Name));
            ColumnProfile profile = Discreet(typed.Profile with { Role = RoleOf(typed.Profile) });
            profiles.Add(profile);
            named.Count(column, rows);
            if (profile.Role == ColumnRole.Feature)
            {
                features.Add(FeatureBuilding.Build(typed, profile, rows));
                findings.AddRange(typed.Findings);
            }
            else if (WhyNot(profile) is { } finding)
            {
                findings.Add(finding);
            }

            if (profile.Role == ColumnRole.Dropped && options.ChecksLeaks && IsUsable(profile))
            {
                dropped.Add(FeatureBuilding.Build(typed, profile, rows));
            }
        }

        if (features.Count == 0)
        {
            throw new DataException(
                "No column is left that could be a feature: all others are the target, dropped, constant, identifiers, dates or free text (see `medtune inspect`).");
        }

        AddMissing(findings, features, rows.Length);
        findings.AddRange(named.Findings());
        return new SelectedColumns(features.ToImmutable(), profiles.ToImmutable(), [.. findings], dropped.ToImmutable());
    }

    // What identifies patients is never shown, not even as levels of a profile.
    private static ColumnProfile Discreet(ColumnProfile profile) => profile.Role switch
    {
        ColumnRole.Patient => profile with
        {
            Kind = ColumnKind.Identifier,
            WhyKind = "it says who the patient is",
            Levels = [],
            Minimum = double.NaN,
            Maximum = double.NaN,
            Mean = double.NaN,
            LooksCoded = false,
        },
        ColumnRole.Dropped => profile with { Levels = [] },
        _ => profile,
    };

    private FeatureSchema? StatedFor(string name)
    {
        if (options.Schema is { } schema)
        {
            return schema.GetValueOrDefault(name);
        }

        return options.Categorical.Contains(name) ? new FeatureSchema(ColumnKind.Category, IsNumeric: null) : null;
    }

    private ColumnRole RoleOf(ColumnProfile profile)
    {
        if (profile.Name == target)
        {
            return ColumnRole.Target;
        }

        if (options.Schema is { } schema)
        {
            bool isFeature = schema.ContainsKey(profile.Name);
            return isFeature ? ColumnRole.Feature : GroupRole(profile.Name) ?? ColumnRole.LeftOut;
        }

        if (options.Drop.Contains(profile.Name))
        {
            return GroupRole(profile.Name) ?? ColumnRole.Dropped;
        }

        return GroupRole(profile.Name) ?? (IsUsable(profile) ? ColumnRole.Feature : ColumnRole.LeftOut);
    }

    private static bool IsUsable(ColumnProfile profile) =>
        profile.Kind is ColumnKind.Number or ColumnKind.Category or ColumnKind.YesNo && profile.Distinct > 1;

    private ColumnRole? GroupRole(string name) => name == patient ? ColumnRole.Patient : name == site ? ColumnRole.Site : null;

    private Finding? WhyNot(ColumnProfile profile)
    {
        string name = profile.Name;
        switch (profile.Role)
        {
            case ColumnRole.Dropped:
                return new Finding(FindingCodes.ColumnDropped, FindingSeverity.Note, name, profile.Known, $"'{name}' was named with --drop.", "Left it out.");
            case ColumnRole.Patient:
                return new Finding(FindingCodes.ColumnLeftOut, FindingSeverity.Note, name, profile.Known, $"'{name}' says who the patient is.", "Used for splitting only.");
            case ColumnRole.Site:
                return new Finding(FindingCodes.ColumnLeftOut, FindingSeverity.Note, name, profile.Known, $"'{name}' says where a row comes from.", "No feature: a model that knows the site does not move to another.");
            case ColumnRole.Target:
                return null;
        }

        if (options.Schema is not null)
        {
            return new Finding(FindingCodes.ColumnLeftOut, FindingSeverity.Note, name, profile.Known, $"'{name}' is no input of the model.", "Left it out.");
        }

        (string what, FindingSeverity severity, string action) = profile.Kind switch
        {
            ColumnKind.Date => ("holds dates", FindingSeverity.Note, "Left it out; if time matters, give a length of time as a number."),
            ColumnKind.FreeText => ("holds free text", FindingSeverity.Note, "Left it out."),
            ColumnKind.Identifier => ($"looks like an identifier ({profile.WhyKind})", FindingSeverity.Note,
                $"Left it out; if it is a category, add --categorical '{name}'; if it says who the patient is, add --patient '{name}'."),
            _ when profile.Known == 0 => ("has no value in any row", FindingSeverity.Note, "Left it out."),
            _ when profile.Missing > 0 => ($"has one value in {profile.Known} rows and none in {profile.Missing}", FindingSeverity.Warning,
                "Left it out; if an empty cell means no, write no into it."),
            _ => ("has the same value in every row", FindingSeverity.Note, "Left it out."),
        };
        return new Finding(FindingCodes.ColumnLeftOut, severity, name, profile.Known, $"'{name}' {what}.", action);
    }

    private static void AddMissing(List<Finding> findings, ImmutableArray<FeatureColumn>.Builder features, int rows)
    {
        long cells = features.Sum(feature => (long)feature.Profile.Missing);
        if (cells == 0)
        {
            return;
        }

        ColumnProfile[] most = [.. features.Select(feature => feature.Profile).Where(profile => profile.Missing > 0)
            .OrderByDescending(profile => profile.Missing).ThenBy(profile => profile.Index)];
        string list = string.Join(", ", most.Take(ListedColumns).Select(profile => $"'{profile.Name}' {profile.Missing}"));
        string more = More(most.Length);
        findings.Add(new Finding(FindingCodes.MissingValues, FindingSeverity.Note, null, (int)Math.Min(int.MaxValue, cells),
            $"{cells} of {(long)rows * features.Count} cells of the features have no value: {list}{more}.",
            "Kept as missing; filled in inside the training folds, with a flag that says so."));
    }

    private static string More(int columns) => (columns - ListedColumns) switch
    {
        <= 0 => "",
        1 => " and 1 more column",
        int more => $" and {more} more columns",
    };

    /// <summary>Counts the markers that the user named, so that what they did is seen.</summary>
    private sealed class NamedMarkers(MissingMarkers missing)
    {
        private readonly (string Text, MissingMarkers Alone, List<(string Column, int Cells)> Found)[] _markers =
            [.. missing.Named.Select(marker => (marker, MissingMarkers.With([marker]), new List<(string, int)>()))];

        public void Count(TableColumn column, int[] rows)
        {
            foreach ((_, MissingMarkers alone, List<(string Column, int Cells)> found) in _markers)
            {
                var isMarker = new bool[column.Distinct];
                bool any = false;
                for (int code = 0; code < isMarker.Length; code++)
                {
                    isMarker[code] = alone.IsNamed(column.Utf8Of(code));
                    any |= isMarker[code];
                }

                if (!any)
                {
                    continue;
                }

                ReadOnlySpan<int> codes = column.Codes;
                int cells = 0;
                foreach (int row in rows)
                {
                    cells += isMarker[codes[row]] ? 1 : 0;
                }

                found.Add((column.Name, cells));
            }
        }

        public IEnumerable<Finding> Findings() => _markers.Select(marker =>
        {
            List<(string Column, int Cells)> found = marker.Found;
            if (found.Count == 0)
            {
                return new Finding(FindingCodes.UnusedMissingMarker, FindingSeverity.Warning, null, 0,
                    $"No cell is '{marker.Text}', which was named with --missing.", "Nothing; check the spelling.");
            }

            string list = string.Join(", ", found.Take(ListedColumns).Select(column => $"'{column.Column}' {column.Cells}"));
            string more = More(found.Count);
            int cells = found.Sum(column => column.Cells);
            return new Finding(FindingCodes.MissingMarker, FindingSeverity.Note, null, cells,
                $"{cells} cells are '{marker.Text}': {list}{more}.", "Taken as missing, as named with --missing.");
        });
    }
}
