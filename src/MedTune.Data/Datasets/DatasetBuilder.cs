using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Makes a dataset from a table, step by step: target, rows, column kinds, features, duplicates, patients, sites.</summary>
internal sealed class DatasetBuilder
{
    private readonly Table _table;
    private readonly DatasetOptions _options;
    private readonly MissingMarkers _missing;
    private readonly List<LeftOutRows> _leftOut = [];
    private readonly GroupColumn? _patient;
    private readonly GroupColumn? _site;

    /// <summary>Checks that every named column exists.</summary>
    /// <exception cref="DataException">A column does not exist, or is named for two purposes.</exception>
    public DatasetBuilder(Table table, DatasetOptions options)
    {
        _table = table;
        _options = options;
        _missing = MissingMarkers.With(options.Missing);
        foreach (string name in options.Drop.Concat(options.Categorical))
        {
            _ = table[name];
        }

        _patient = options.Patient is { } patient ? GroupColumn.Parse(patient, table) : null;
        _site = options.Site is { } site ? GroupColumn.Parse(site, table) : null;
        CheckSchema();
    }

    /// <summary>The dataset.</summary>
    /// <exception cref="DataException">The target is refused, or no feature is left.</exception>
    public Dataset Build()
    {
        AppliedTarget? target = _options.Target is null ? null : TargetClasses.Apply(_table, _options, _missing);
        CheckPurposes(target);
        int[] rows = KnownRows(target);
        var selection = new FeatureSelection(_table, _options, _missing, target?.Rule.Column, _patient?.Column.Name, _site?.Column.Name);
        SelectedColumns selected = selection.Select(rows);
        int[] classes = ClassesOf(rows, target);
        ImmutableArray<string> classNames = target?.ClassNames ?? [];
        RowContent content = RowContent.Of(selected.Features, classes, classNames);
        var duplicates = DuplicateRows.In(content, _options.Duplicates);
        if (duplicates.Kept is { } kept)
        {
            _leftOut.Add(new LeftOutRows("equal to an earlier row", rows.Length - kept.Length));
            rows = Array.ConvertAll(kept, i => rows[i]);
            selected = selection.Select(rows);
            classes = ClassesOf(rows, target);
            content = RowContent.Of(selected.Features, classes, classNames);
        }

        var groups = new DatasetGroups(rows, _missing);
        int[]? patients = groups.Patients(_patient);
        (int[]? sites, ImmutableArray<string> siteNames) = groups.Sites(_site);
        QualityChecks? quality = target is null ? null
            : new QualityChecks(_table, _options, _missing, selected, rows).Look(target.Rule.Column, classes, classNames.Length);
        return new Dataset(new DatasetParts
        {
            Table = _table,
            Options = _options,
            Missing = _missing,
            Rule = target?.Rule,
            RowNumbers = rows,
            Target = classes,
            ClassNames = classNames,
            Features = selected.Features,
            Profiles = selected.Profiles,
            Patients = patients,
            Sites = sites,
            SiteNames = siteNames,
            DuplicateGroups = content.EqualRows(),
            RowDigests = new Lazy<ImmutableArray<string>>(content.Hexadecimal),
            Digest = content.DigestWith(DigestWords(target, selected, patients, sites, siteNames)),
            Findings = [.. _table.Findings, .. target?.Findings ?? [], .. selected.Findings, .. duplicates.Findings, .. groups.Findings, .. quality?.Findings ?? []],
            Leaks = quality?.Leaks ?? [],
            LeftOut = [.. _leftOut],
        });
    }

    private void CheckSchema()
    {
        if (_options.Schema is not { } schema)
        {
            return;
        }

        string[] absent = [.. schema.Keys.Where(name => _table.Find(name) is null)];
        if (absent.Length > 0)
        {
            string more = absent.Length > 10 ? $" and {absent.Length - 10} more" : "";
            throw new DataException(
                $"The data lacks {absent.Length} of the {schema.Count} columns that the model needs: {string.Join(", ", absent.Take(10).Select(name => $"'{name}'"))}{more}. Columns are matched by their exact names.");
        }
    }

    private void CheckPurposes(AppliedTarget? target)
    {
        if (target is null)
        {
            return;
        }

        string column = target.Rule.Column;
        if (_options.Drop.Contains(column))
        {
            throw new DataException($"The column '{column}' is the target and cannot be dropped too.");
        }

        if (_patient?.Column.Name == column || _site?.Column.Name == column)
        {
            throw new DataException($"The column '{column}' is the target and cannot be the patient or the site too.");
        }
    }

    private int[] KnownRows(AppliedTarget? target)
    {
        if (target is null)
        {
            return [.. Enumerable.Range(0, _table.RowCount)];
        }

        int[] rows = [.. Enumerable.Range(0, _table.RowCount).Where(row => target.ClassOfRow[row] >= 0)];
        if (rows.Length < _table.RowCount)
        {
            _leftOut.Add(new LeftOutRows("the target is not known", _table.RowCount - rows.Length));
        }

        return rows;
    }

    private static int[] ClassesOf(int[] rows, AppliedTarget? target) =>
        Array.ConvertAll(rows, row => target is null ? -1 : target.ClassOfRow[row]);

    private static IEnumerable<string> DigestWords(
        AppliedTarget? target, SelectedColumns selected, int[]? patients, int[]? sites, ImmutableArray<string> siteNames)
    {
        yield return "medtune dataset 1";
        yield return target?.Rule.Text ?? "";
        yield return string.Join('\0', target?.ClassNames ?? []);
        foreach (FeatureColumn feature in selected.Features.OrderBy(feature => feature.Name, StringComparer.Ordinal))
        {
            yield return feature.Name;
            yield return feature is NumberColumn { IsCategory: true } ? "code" : feature is NumberColumn ? "number" : "text";
        }

        yield return patients is null ? "" : string.Join(',', patients);
        yield return sites is null ? "" : string.Join(',', sites.Select(site => site < 0 ? "" : siteNames[site]));
    }
}
