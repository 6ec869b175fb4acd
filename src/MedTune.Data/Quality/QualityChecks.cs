using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Looks through a dataset that is otherwise ready for values that cannot be, and for what gives the target away.</summary>
internal sealed class QualityChecks(Table table, DatasetOptions options, MissingMarkers missing, SelectedColumns selected, int[] rows)
{
    private readonly List<Finding> _findings = [];

    /// <summary>What was found about the values.</summary>
    public ImmutableArray<Finding> Findings => [.. _findings];

    /// <summary>What gives the target away.</summary>
    public ImmutableArray<LeakSuspect> Leaks { get; private set; } = [];

    /// <summary>Looks at everything.</summary>
    /// <param name="targetColumn">The target's column.</param>
    /// <param name="target">The class of each row.</param>
    /// <param name="classes">Number of classes.</param>
    public QualityChecks Look(string targetColumn, int[] target, int classes)
    {
        LeakChecks? leaks = options.ChecksLeaks ? new LeakChecks(targetColumn, target, classes) : null;
        if (leaks is not null)
        {
            leaks.LookAtOrder(Counters());
            LookForPatients(leaks, target);
        }

        foreach (FeatureColumn feature in selected.Features.Concat(leaks is null ? [] : selected.Dropped))
        {
            ColumnTally tally = ColumnTally.Of(feature, table[feature.Name], rows, target, classes);
            leaks?.Look(feature, tally);
            if (feature.Profile.Role == ColumnRole.Feature)
            {
                _findings.AddRange(ValueChecks.Of(feature, tally));
            }
        }

        Leaks = leaks?.Suspects ?? [];
        _findings.AddRange(ValueChecks.OfLeftOut(selected.Profiles));
        _findings.AddRange(new DateChecks(table, rows, targetColumn, options.Today).Of(selected.Profiles));
        if (NearDuplicates.In(selected.Features, target) is { } near)
        {
            _findings.Add(near);
        }

        _findings.AddRange(Leaks.Where(suspect => !suspect.IsDropped)
            .Select(suspect => new Finding(suspect.Code, suspect.Severity, suspect.Column, rows.Length, suspect.Seen, suspect.Answers)));
        return this;
    }

    // Columns whose numbers rise or fall with the rows, inputs or not.
    private List<ColumnProfile> Counters()
    {
        var counters = new List<ColumnProfile>();
        foreach (ColumnProfile profile in selected.Profiles.Where(profile => profile.IsNumericText && profile.Role is ColumnRole.Feature or ColumnRole.LeftOut or ColumnRole.Dropped
            && profile.Kind is ColumnKind.Identifier or ColumnKind.Number && profile.Distinct >= 0.9 * profile.Known))
        {
            double[] values = table[profile.Name].ReadNumbers(missing, table.Format.DecimalMark, out _);
            if (RowOrder.IsCounter(Array.ConvertAll(rows, row => values[row])))
            {
                counters.Add(profile);
            }
        }

        return counters;
    }

    private void LookForPatients(LeakChecks leaks, int[] target)
    {
        if (options.Patient is null && new RepeatedPatients(table, rows, target, selected.Features, missing).Find(selected.Profiles) is { } found)
        {
            leaks.AddPatients(found);
        }
    }
}
