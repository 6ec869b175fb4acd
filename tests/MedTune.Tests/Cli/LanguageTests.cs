using MedTune.Cli;

namespace MedTune.Tests.Cli;

/// <summary>The language of the report, as a person asks for it; no other file knows of it.</summary>
public sealed class LanguageTests(TrainedRun run) : IClassFixture<TrainedRun>
{
    private const string Chinese = "<html lang=\"zh-CN\">";
    private const string English = "<html lang=\"en\">";

    [Fact]
    public async Task Train_InChinese_ChangesNothingButTheReport()
    {
        string folder = run["chinese"];
        (await ProgramRun.OfAsync(
            "train", run.Data, "--target", "died", "--drop", "mrn", "--model", "logistic", "--seed", "3", "--threads", "1", "--language", "zh", "--out", folder)).Expect(ExitCode.Done);
        foreach (string file in new[] { "model.onnx", "metrics.json", "predictions.csv", "plan.json", "settings.csv" })
        {
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(run.Folder, file)), await File.ReadAllBytesAsync(Path.Combine(folder, file)));
        }

        Assert.Contains(Chinese, await File.ReadAllTextAsync(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
        Assert.Contains(English, await Exported(folder, "en"), StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(folder, "report.html")), await Exported(folder, "zh"));
    }

    [Fact]
    public async Task Export_RunOrModelInALanguage_IsInIt()
    {
        Assert.Contains(Chinese, await Exported(run.Folder, "zh"), StringComparison.Ordinal);
        Assert.Contains(English, await Exported(run.Folder, "en"), StringComparison.Ordinal);
        Assert.Contains(Chinese, await Exported(run.Model, "zh"), StringComparison.Ordinal);
        Assert.Contains("--to html", (await ProgramRun.OfAsync("export", run.Model, "--to", "onnx", "--language", "zh", "-o", run["m.onnx"])).Refusal(ExitCode.WrongArguments), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_InChinese_WritesAChineseReport()
    {
        (await ProgramRun.OfAsync("evaluate", run.Model, run.Others, "--language", "zh", "--out", run["elsewhere"])).Expect(ExitCode.Done);
        Assert.Contains(Chinese, await File.ReadAllTextAsync(run["elsewhere/report.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train", "fr")]
    [InlineData("train", "")]
    [InlineData("evaluate", "ZH")]
    [InlineData("export", "chinese")]
    [InlineData("resume", "zh-TW")]
    [InlineData("demo", "de")]
    public async Task Any_OtherLanguage_IsRefusedBeforeAnythingIsDone(string verb, string language)
    {
        string[] words = verb switch
        {
            "train" => ["train", run.Data, "--target", "died", "--out", run["refused"]],
            "evaluate" => ["evaluate", run.Model, run.Others, "--out", run["refused"]],
            "export" => ["export", run.Folder, "--to", "html", "-o", run["refused"]],
            "resume" => ["resume", run.Folder],
            _ => ["demo", "--out", run["refused"]],
        };
        string sentence = (await ProgramRun.OfAsync([.. words, "--language", language])).Refusal(ExitCode.WrongArguments);
        Assert.Contains("en (English) and zh (Chinese)", sentence, StringComparison.Ordinal);
        Assert.False(Path.Exists(run["refused"]));
    }

    private async Task<string> Exported(string source, string language)
    {
        string file = run[$"exported-{Guid.NewGuid():N}.html"];
        (await ProgramRun.OfAsync("export", source, "--to", "html", "--language", language, "-o", file)).Expect(ExitCode.Done);
        return await File.ReadAllTextAsync(file);
    }
}
