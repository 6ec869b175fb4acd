using System.Globalization;
using System.Text;
using System.Text.Json;
using MedTune.Data;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Data;

/// <summary>Leaks in all real tables: as datasets.json gives them nothing stops, with nothing dropped or grouped the known leaks do. They pass, saying so, where the tables are absent.</summary>
public sealed class LeakTableTests(ITestOutputHelper output)
{
    private const string Table = "tests/TestData/Data/leaks.md";
    // What QualityChecks finds in the values themselves.
    private static readonly string[] ValueCodes =
    [
        FindingCodes.ImpossibleZeros, FindingCodes.ImpossibleValues, FindingCodes.UnitSuspicion, FindingCodes.OneSidedLevels, FindingCodes.MixedDates,
        FindingCodes.FutureDates, FindingCodes.DatesAfterOutcome,
    ];

    private const string Switch = "MEDTUNE_WRITE_LEAK_TABLE";

    [Theory]
    [InlineData("heart_failure", FindingCodes.LeakAfterTheFact, "time")]
    [InlineData("cervical", FindingCodes.LeakSameOutcome, "Hinselmann")]
    [InlineData("cervical", FindingCodes.LeakSameOutcome, "Schiller")]
    [InlineData("cervical", FindingCodes.LeakSameOutcome, "Cytology")]
    [InlineData("parkinsons", FindingCodes.LeakPatients, "name")]
    [InlineData("hcv", FindingCodes.LeakRowNumber, "row_number")]
    [InlineData("diabetes130", FindingCodes.LeakPatients, "patient_nbr")]
    public void From_NothingDroppedOrGrouped_Stops(string task, string code, string column)
    {
        if (SharedTables.Task(task) is not { } known)
        {
            output.WriteLine("Left out: shared/data is absent.");
            return;
        }

        Dataset dataset = Raw(known);
        Finding stop = Assert.Single(dataset.Findings, finding => finding.Code == code && finding.Column == column);
        output.WriteLine($"{stop.Message} {stop.Action}");
        Assert.Equal(FindingSeverity.Stop, stop.Severity);

        Dataset dropped = Dataset.From(dataset.Table, dataset.Options with { Drop = [column] });
        Assert.DoesNotContain(dropped.Findings, finding => finding.Severity == FindingSeverity.Stop && finding.Column == column);
        Assert.Contains(dropped.Leaks, leak => leak.Column == column && leak.IsDropped);
    }

    [Fact]
    public void From_ParkinsonsName_ProposesTheExactOption()
    {
        if (SharedTables.Task("parkinsons") is not { } known)
        {
            output.WriteLine("Left out: shared/data is absent.");
            return;
        }

        Dataset dataset = Raw(known);
        Finding stop = Assert.Single(dataset.Findings, finding => finding.Code == FindingCodes.LeakPatients);
        Assert.Contains("--patient 'name:^(.*)_[0-9]+$'", stop.Action, StringComparison.Ordinal);
        Assert.Contains("only 32 patients", stop.Message, StringComparison.Ordinal);
        Dataset grouped = Dataset.From(dataset.Table, dataset.Options with { Patient = "name:^(.*)_[0-9]+$" });
        Assert.DoesNotContain(grouped.Findings, finding => finding.Severity == FindingSeverity.Stop);
    }

    [Fact]
    public void Table_OfAllRealSets_IsTheCommittedOne()
    {
        if (SharedTables.Folder is null)
        {
            output.WriteLine("Left out: shared/data is absent.");
            return;
        }

        string found = Write();
        string path = Repository.PathOf(Table);
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            File.WriteAllText(path, found);
            output.WriteLine($"Written: {Table}.");
        }

        output.WriteLine(found);
        Assert.True(File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == found, $"{Table} is not what is found now; if the change is meant, run {Switch}=1 ./test LeakTable and commit it.");
    }

    private static Dataset Raw(SharedTask task) =>
        Dataset.From(TableReader.Read(task.File), task.Options with { Drop = [], Patient = null });

    private static string Write()
    {
        var text = new StringBuilder();
        text.Append("# Leaks found in the real tables\n\n");
        text.Append("Written by `LeakTableTests` (MEDTUNE_WRITE_LEAK_TABLE=1 ./test LeakTable). \"Leaks\" are those that `datasets.json` names, and patients that need grouping. ");
        text.Append("Left: nothing dropped, nothing grouped. \"Stops besides\" are stops on columns that are not named as leaks. Right: columns dropped and patients grouped as `datasets.json` says, and what is said about the values then. ");
        text.Append("The words that the checks know were chosen with these tables known: this is what is caught here, no estimate for another table.\n\n");
        text.Append("| task | leaks | found (stop) | only warned | missed | stops besides | warnings besides | as given: stops | as given: warnings | as given: warnings about values |\n|---|---|---|---|---|---|---|---|---|---|\n");
        int all = 0;
        int stopped = 0;
        foreach (SharedTask task in SharedTables.Tasks)
        {
            string[] leaks = Leaks(task.Name);
            Dataset raw = Raw(task);
            Dataset given = Dataset.From(raw.Table, task.Options);
            string[] stops = Columns(raw, FindingSeverity.Stop);
            string[] warnings = Columns(raw, FindingSeverity.Warning);
            all += leaks.Length;
            stopped += leaks.Count(stops.Contains);
            text.Append(CultureInfo.InvariantCulture, $"| {task.Name} | {leaks.Length} | {List(leaks.Where(stops.Contains))} | {List(leaks.Where(leak => !stops.Contains(leak) && warnings.Contains(leak)))} | ");
            text.Append(CultureInfo.InvariantCulture, $"{List(leaks.Where(leak => !stops.Contains(leak) && !warnings.Contains(leak)))} | {List(stops.Except(leaks))} | {List(warnings.Except(leaks))} | ");
            text.Append(CultureInfo.InvariantCulture, $"{List(Columns(given, FindingSeverity.Stop))} | {List(Columns(given, FindingSeverity.Warning))} | {List(Values(given))} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{stopped} of {all} known leaks stop the training.\n");
        return text.ToString();
    }

    private static string[] Columns(Dataset dataset, FindingSeverity severity) =>
        [.. dataset.Leaks.Where(leak => leak.Severity == severity && !leak.IsDropped).Select(leak => leak.Column ?? "row order").Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Values(Dataset dataset) => dataset.Findings
        .Where(finding => finding is { Severity: FindingSeverity.Warning, Column: not null } && ValueCodes.Contains(finding.Code))
        .GroupBy(finding => finding.Code, finding => finding.Column!)
        .Select(group => $"{group.Key}: {string.Join(", ", group)}");

    private static string List(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "-";

    private static string[] Leaks(string task)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedTables.Folder!, "datasets.json")));
        JsonElement entry = document.RootElement.GetProperty("datasets").EnumerateArray().Single(found => found.GetProperty("name").GetString() == task);
        IEnumerable<string> leaks = entry.TryGetProperty("leak", out JsonElement named) ? named.EnumerateArray().Select(value => value.GetString()!) : [];
        return [.. leaks, .. entry.TryGetProperty("group", out JsonElement group) ? [group.GetProperty("column").GetString()!] : Array.Empty<string>()];
    }
}
