using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Patients and sites of the kept rows, with what was found about them.</summary>
internal sealed class DatasetGroups(int[] rows, MissingMarkers missing)
{
    /// <summary>What was found and done.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>For each row its patient, or null when no column says. A row whose patient is not known is a patient of its own.</summary>
    public int[]? Patients(GroupColumn? column)
    {
        if (column is null)
        {
            return null;
        }

        int[] groups = column.GroupsOf(rows, missing, out ImmutableArray<string> names, out int unmatched);
        string name = column.Column.Name;
        int unknown = groups.Count(group => group < 0);
        int next = names.Length;
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = groups[i] < 0 ? next++ : groups[i];
        }

        if (unmatched == rows.Length)
        {
            throw new DataException($"The pattern for patients matches no row of the column '{name}': check the regular expression after the colon.");
        }

        if (unmatched > 0)
        {
            Findings.Add(new Finding(FindingCodes.PatientMissing, FindingSeverity.Warning, name, unmatched,
                $"The pattern for patients does not match {unmatched} rows of '{name}'.", "Took the whole text of these rows as the patient."));
        }

        if (unknown > 0)
        {
            Findings.Add(new Finding(FindingCodes.PatientMissing, FindingSeverity.Warning, name, unknown,
                $"{unknown} rows do not say who the patient is.", "Took each of them as a patient of its own."));
        }

        AddRepeated(groups, next, name);
        return RowGroups.Renumber(groups);
    }

    /// <summary>For each row its site (ordinal order; -1 where not known), or null when no column says.</summary>
    public (int[]? Sites, ImmutableArray<string> Names) Sites(GroupColumn? column)
    {
        if (column is null)
        {
            return (null, []);
        }

        int[] groups = column.GroupsOf(rows, missing, out ImmutableArray<string> names, out _);
        ImmutableArray<string> sorted = names.Sort(StringComparer.Ordinal);
        int[] positions = [.. names.Select(name => sorted.IndexOf(name))];
        int unknown = groups.Count(group => group < 0);
        if (unknown > 0)
        {
            Findings.Add(new Finding(FindingCodes.SiteMissing, FindingSeverity.Warning, column.Column.Name, unknown,
                $"{unknown} rows do not say which site they come from.", "Kept; they belong to no site."));
        }

        return (Array.ConvertAll(groups, group => group < 0 ? -1 : positions[group]), sorted);
    }

    private void AddRepeated(int[] groups, int count, string name)
    {
        var sizes = new int[count];
        foreach (int group in groups)
        {
            sizes[group]++;
        }

        int repeated = sizes.Count(size => size > 1);
        if (repeated > 0)
        {
            Findings.Add(new Finding(FindingCodes.RepeatedPatients, FindingSeverity.Note, name, repeated,
                $"{repeated} of {count} patients have several rows, up to {sizes.Max()}.", "Put all rows of a patient on one side of every split."));
        }
    }
}
