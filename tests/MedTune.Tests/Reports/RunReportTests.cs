using System.Xml.Linq;
using MedTune.Data;
using MedTune.Prediction;
using MedTune.Reports;
using MedTune.Tests.House;

namespace MedTune.Tests.Reports;

/// <summary>Reports of real runs on the sample data: what must be in them, and that nothing but the openings makes them differ.</summary>
public sealed class RunReportTests
{
    private const string Outcome = "recurrence or death within 3 years";
    private static readonly string Data = Repository.PathOf("samples/data/gbsg.csv");
    private static readonly Lazy<Task<FinishedRun>> Trained = new(() => RunAsync(null, 1));

    [Fact]
    public async Task Of_FinishedRun_HoldsAnswerFiguresDataModelAndMethod()
    {
        ReportContent content = RunReport.Of(await Trained.Value);
        Assert.Equal("Recurrence or death within 3 years", content.Title);
        Assert.Equal((555, 224), (content.Answer.Samples, content.Answer.Events));
        Assert.Equal([PartKind.OutOfFold, PartKind.Test], content.Parts.Select(part => part.Kind));
        Assert.All(content.Parts, part =>
        {
            Assert.Contains(part.Metrics, metric => metric is { Name: "auroc", Value: > 0.5, Low: > 0, High: < 1 });
            Assert.True(part.Roc.Count > 5 && part.PrecisionRecall.Count > 5);
            Assert.True(part.Calibration is { Groups.Count: > 3, Curve.Count: > 3 });
            Assert.Equal(part.Samples, part.Risks.Sum(bin => bin.With + bin.Without));
            Assert.Equal(part.Samples, part.Confusion!.Counts.Sum(row => row.Sum()));
        });
        Assert.Null(content.Parts[0].Threshold);
        Assert.InRange(content.Parts[1].Threshold!.Value, 0, 1);
        Assert.Equal(555, content.Data!.FlowEnds.Sum(end => end.Samples));
        Assert.Equal(8, content.Data.Columns.Count(column => column.IsInput));
        Assert.Contains(content.Data.Findings, finding => finding.Code == FindingCodes.DuplicateRows && finding.Action.Length > 0);
        Assert.True(Assert.Single(content.Candidates).Chosen);
        Assert.Contains(Assert.Single(content.Model!.Effects).Rows, row => row is { Name: "nodes", Value: > 1 });
        Assert.Equal(1, content.Method!.SealedOpenings);
        string digest = (await Trained.Value).Run.Model.Digest;
        Assert.Contains(content.Method.Record, fact => fact.Value == digest);
    }

    [Fact]
    public async Task Of_FinishedRun_DrawsAWellFormedPageWithoutPaths()
    {
        FinishedRun finished = await Trained.Value;
        string page = ReportPage.Render(RunReport.Of(finished));
        XDocument document = XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        string[] sections = [.. document.Descendants().Attributes("id").Select(attribute => attribute.Value)];
        Assert.Superset(new HashSet<string> { "key-figures", "curves", "decision", "net-benefit", "figures", "subgroups", "candidates", "data", "leakage", "table-one", "model", "contributions", "method", "limits" }, sections.ToHashSet());
        Assert.DoesNotContain(Path.GetDirectoryName(Data)!, page, StringComparison.Ordinal);
        Assert.DoesNotContain(finished.Folder, page, StringComparison.Ordinal);
        Assert.Contains("gbsg.csv", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_SameRunTwice_DiffersInNothingButTheOpenings()
    {
        FinishedRun first = await Trained.Value;
        FinishedRun again = await RunAsync(null, 1);
        Assert.Equal(ReportPage.Render(RunReport.Of(first)), ReportPage.Render(RunReport.Of(again with { Folder = "elsewhere" })));
        FinishedRun third = again with { Record = again.Record with { TestOpenings = 3 } };
        ReportContent content = RunReport.Of(third);
        Assert.Equal(3, content.Method!.SealedOpenings);
        Assert.Contains(content.Answer.Warnings, warning => warning.Contains("3 times", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_FineTunedRun_ShowsSourceAndWhatWasTried()
    {
        ModelFile source = (await Trained.Value).Run.Model;
        ReportContent content = RunReport.Of(await RunAsync(source, 2));
        LineageContent lineage = content.Model!.Lineage!;
        Assert.Equal(source.Digest, lineage.ParentDigest);
        Assert.Equal(7, lineage.Tried.Count);
        Assert.Single(lineage.Tried, row => row.Chosen);
        Assert.All(lineage.Tried, row => Assert.True(row.Reason.Length > 0 && row.LogLoss > 0));
        Assert.All(lineage.Tried, row => Assert.Equal(row.Chosen ? [] : ["auroc", "brier", "log_loss"], row.Differences.Select(metric => metric.Name)));
        Assert.Empty(content.Candidates);
        Assert.Equal(lineage.IsUnchanged, lineage.Tried[0].Chosen);
        Assert.Contains("A fine-tuned model", ReportPage.Render(content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_ExternalEvaluation_LeadsWithTheNewDataAndSaysWhatWasSeenBefore()
    {
        ModelFile model = (await Trained.Value).Run.Model;
        using var folder = new TemporaryFolder();
        var evaluation = Runs.Evaluate(model, Data, new DatasetOptions(), acceptTrainingRows: true, new TestLedger(folder.Path));
        ReportContent content = RunReport.Of(evaluation);
        Assert.True(evaluation.SeenRows >= 444);
        Assert.Equal((ReportKind.Evaluation, PartKind.External), (content.Kind, Assert.Single(content.Parts).Kind));
        Assert.Contains(content.Answer.Warnings, warning => warning.Contains("trained on", StringComparison.Ordinal));
        Assert.DoesNotContain("Not validated elsewhere", ReportPage.Render(content), StringComparison.Ordinal);
        string path = Path.Combine(folder.Path, "report.html");
        RunReport.Write(evaluation, path);
        Assert.Equal(ReportPage.Render(content), File.ReadAllText(path));
    }

    [Fact]
    public async Task Of_ModelFile_IsACardWithFiguresAndTheirSizes()
    {
        Run run = (await Trained.Value).Run;
        ReportContent content = RunReport.Of(run.Model);
        Assert.Equal(ReportKind.Card, content.Kind);
        Assert.Equal([444, 111], content.Parts.Select(part => part.Samples));
        Assert.Equal(run.Metrics.Test.Auroc.Value, content.Parts[1].Metrics.Single(metric => metric.Name == "auroc").Value);
        Assert.Equal(8, content.Data!.Columns.Count);
        Assert.Contains("A model file", ReportPage.Render(content), StringComparison.Ordinal);
    }

    private static async Task<FinishedRun> RunAsync(ModelFile? source, ulong seed)
    {
        var patients = Dataset.FromCsv(Data, Outcome);
        var plan = Plan.For(patients) with { Models = ["logistic"], Penalties = [30, 3], Folds = 3, InnerFolds = 3, Seed = seed, From = source };
        var run = await Experiment.RunAsync(plan, patients);
        var record = new RunRecord
        {
            DataPath = Data,
            DataDigest = patients.Digest,
            Data = RecordedDataOptions.Of(new DatasetOptions { Target = Outcome }),
            TestDigest = run.TestDigest,
            TestOpenings = 1,
            Seed = seed,
        };
        return new FinishedRun(Path.Combine(Path.GetTempPath(), "run-that-was-not-written"), run, record);
    }
}
