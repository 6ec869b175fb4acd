using MedTune.Data;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What a reader must know before the figures.</summary>
internal static class WarningMapping
{
    private const double MuchMissing = 0.2;
    private const int MostNamed = 5;

    public static IReadOnlyList<string> Of(FinishedRun finished)
    {
        var warnings = new List<string>();
        if (finished.Record.TestOpenings > 1)
        {
            string what = finished.Record.IsTestGiven ? "test data" : "sealed part";
            warnings.Add($"The {what} has been opened {NumberText.Count(finished.Record.TestOpenings)} times by now: choices made after a look make its figures a little too good.");
        }

        if (LeftOutByClock(finished.Run) is { } leftOut)
        {
            warnings.Add($"The time limit ended the comparison of models before all were done ({leftOut}). What is said here holds for those that were; more time may find a better one.");
        }

        warnings.AddRange(Grave(finished.Run.Data));
        var missing = finished.Run.Model.Manifest.Columns.Where(column => column.MissingShare >= MuchMissing).OrderByDescending(column => column.MissingShare).ToArray();
        if (missing.Length > 0)
        {
            string named = string.Join(", ", missing.Take(MostNamed).Select(column => $"{column.Name} ({NumberText.Percent(column.MissingShare)})"));
            warnings.Add($"Much is missing in {named}{(missing.Length > MostNamed ? $" and {NumberText.Count(missing.Length - MostNamed)} more columns" : "")}: "
                + "why it is missing there may differ in another hospital.");
        }

        return warnings;
    }

    /// <summary>What the time limit left out, or null.</summary>
    public static string? LeftOutByClock(Run run) => run.Events.FirstOrDefault(happened => happened.Step == "time limit")?.Detail;

    /// <summary>What stopped training until a person accepted it, and what was guessed about the outcome.</summary>
    public static IEnumerable<string> Grave(DatasetSummary data)
    {
        foreach (var finding in data.Findings)
        {
            if (finding.Severity == FindingSeverity.Stop || (finding.Severity == FindingSeverity.Warning && finding.Code == FindingCodes.PositiveClass))
            {
                yield return finding.Message;
            }
        }
    }
}
