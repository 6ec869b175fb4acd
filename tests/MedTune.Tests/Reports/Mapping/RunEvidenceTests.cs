using System.Xml.Linq;
using MedTune.Data;
using MedTune.Reports;
using MedTune.Tests.House;

namespace MedTune.Tests.Reports.Mapping;

/// <summary>What the report says of leaks, imbalance and the models tried, from real runs on made-up patients.</summary>
public sealed class RunEvidenceTests
{
    private static readonly Lazy<Task<ReportContent>> Rare = new(() => ReportAsync(-2.2, patients: false));

    [Fact]
    public async Task Of_Run_SaysOfEveryCheckWhatCameOfIt()
    {
        LeakageContent leakage = (await Rare.Value).Leakage!;
        Assert.Contains("1 accepted", leakage.Statement, StringComparison.Ordinal);
        Assert.All(leakage.Checks, row => Assert.True(row.Checked.Length > 0 && row.Result.EndsWith('.') | row.Result.EndsWith(')')));
        LeakageRow accepted = Assert.Single(leakage.Checks, row => row.Verdict == LeakageVerdict.Accepted);
        Assert.Contains("'follow-up days'", Assert.Single(accepted.Details), StringComparison.Ordinal);
        Assert.DoesNotContain(leakage.Checks, row => row.Verdict == LeakageVerdict.Open);
        Assert.Equal(LeakageVerdict.Unknown, leakage.Checks[0].Verdict);
        Assert.Contains(leakage.Checks, row => row.Result.Contains("inner folds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_RunWithPatients_StatesThatNoneIsOnTwoSides()
    {
        LeakageRow first = (await ReportAsync(0, patients: true)).Leakage!.Checks[0];
        Assert.Equal(LeakageVerdict.Clear, first.Verdict);
        Assert.Contains("120 patients", first.Result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Imbalance_RareOutcome_ShowsWhatEqualClassesWouldDo()
    {
        ReportContent content = await Rare.Value;
        ImbalanceContent imbalance = content.Imbalance!;
        Assert.Equal(["Log-loss", "Brier score", "Mean predicted risk", "Observed to expected", "AUROC", "Patients flagged"], imbalance.Rows.Select(row => row.Name));
        Assert.Equal(imbalance.Rows[4].AsIs, imbalance.Rows[4].Equal);
        Assert.NotEmpty(imbalance.Calibration.Groups);
        XDocument page = XDocument.Parse(ReportPage.Render(content).Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        string[] sections = [.. page.Descendants("section").Select(section => (string)section.Attribute("id")!)];
        Assert.Superset(new HashSet<string> { "leakage", "imbalance" }, sections.ToHashSet());
    }

    [Fact]
    public async Task Imbalance_ClassesOfAlikeSize_IsLeftOut() => Assert.Null((await ReportAsync(0, patients: true)).Imbalance);

    [Fact]
    public async Task Candidates_SeveralKinds_SayWhatEachCountsInTheStack()
    {
        ReportContent content = await ReportAsync(0, patients: true, "logistic", "forest");
        CandidateRow stack = content.Candidates[^1];
        Assert.True(stack is { Kind: "Stack", Chosen: true });
        Assert.Equal("Stack of logistic regression + random forest", stack.Name);
        Assert.All(content.Candidates.Take(2), row => Assert.Matches("It counts [0-9.]+% in the stack|does not count", row.Reason));
        Assert.Equal(2, content.Candidates[0].Settings.Count);
        Assert.Single(content.Candidates[0].Settings, setting => setting.IsUsed);
        Assert.Contains("weighted mean of the log-odds of logistic regression (penalty", content.Model!.Description, StringComparison.Ordinal);
        Assert.Contains("All 4 settings that were tried", ReportPage.Render(content), StringComparison.Ordinal);
    }

    private static async Task<ReportContent> ReportAsync(double shift, bool patients, params string[] models)
    {
        using var folder = new TemporaryFolder();
        string[] lines = Cohort.Csv(240, 31, shift).TrimEnd().Split('\n');
        string path = folder["cohort.csv"];
        File.WriteAllLines(path, lines.Select((line, i) => i == 0 ? $"{line},{(patients ? "id" : "follow-up days")}" : $"{line},{(patients ? $"p{(i - 1) / 2}" : Days(line, i))}"));
        var options = new DatasetOptions { Target = "outcome", Patient = patients ? "id" : null };
        var dataset = Dataset.From(TableReader.Read(path), options);
        var plan = Cohort.Quick(dataset) with { Models = models.Length == 0 ? ["logistic"] : [.. models], SealedShare = 0, Accepted = ["leak-after-the-fact:follow-up days"] };
        var run = await Experiment.RunAsync(plan, dataset);
        var record = new RunRecord { DataPath = path, DataDigest = dataset.Digest, Data = RecordedDataOptions.Of(options) };
        return RunReport.Of(new FinishedRun("nowhere", run, record));
    }

    private static string Days(string line, int row) => (line.EndsWith("yes", StringComparison.Ordinal) ? 20 + (row % 50) : 40 + (row % 90)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
