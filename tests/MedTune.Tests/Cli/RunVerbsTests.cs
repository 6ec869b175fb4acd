using System.Text.Json.Nodes;
using MedTune.Cli;

namespace MedTune.Tests.Cli;

/// <summary>The verbs around one trained run, as a person would type them.</summary>
public sealed class RunVerbsTests(TrainedRun run) : IClassFixture<TrainedRun>
{
    [Fact]
    public void Train_Result_ShowsTheFiguresAndTheNextLines()
    {
        string output = run.Training.Expect(ExitCode.Done).Output;
        foreach (string said in new[] { "AUROC", "log-loss", "Brier", "specificity", "NPV", "calibration slope", "out of fold", "sealed part", "opened", "model.onnx", "report.html", "medtune predict" })
        {
            Assert.Contains(said, output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain('\u001b', output + run.Training.Error);
        Assert.Contains("training: ", run.Training.Error, StringComparison.Ordinal);
        string[] files = [.. Directory.GetFileSystemEntries(run.Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        Assert.Equal(["hard-examples.csv", "log.jsonl", "metrics.json", "model.onnx", "plan.json", "predictions.csv", "report.html", "report.zh.html", "run.json", "settings.csv"], files);
    }

    [Fact]
    public async Task Train_Search_ShowsTheBestAndKeepsAll()
    {
        string[] words = ["train", run.Data, "--target", "died", "--drop", "mrn", "--model", "logistic", "--search", "3", "--threads", "1", "--out"];
        string output = (await ProgramRun.OfAsync([.. words, run["searched"]])).Expect(ExitCode.Done).Output;
        Assert.Contains("Best settings tried", output, StringComparison.Ordinal);
        Assert.Contains("All 12 stand in settings.csv", output, StringComparison.Ordinal);
        JsonArray settings = (await ProgramRun.OfAsync([.. words, run["machines"], "--json"])).Expect(ExitCode.Done).Json["candidates"]![0]!["settings"]!.AsArray();
        Assert.Equal(12, settings.Count);
        Assert.Equal(3, settings.Count(setting => (bool)setting!["is_drawn"]!));
        Assert.All(settings, setting => Assert.True((double)setting!["values"]!["penalty"]! > 0 && (double)setting["standard_error"]! > 0));
        Assert.Single(settings, setting => (bool)setting!["is_preferred"]!);
        Assert.Equal(5, settings.Sum(setting => setting!["preferred_in_folds"]!.AsArray().Count));
        Assert.DoesNotContain("Best settings tried", run.Training.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_SameFolderAgain_IsRefused() =>
        Assert.Contains("finished run", (await ProgramRun.OfAsync("train", run.Data, "--target", "died", "--out", run.Folder)).Refusal(ExitCode.DataRefused), StringComparison.Ordinal);

    [Fact]
    public async Task Resume_FinishedRun_IsRefused() =>
        Assert.Contains("finished", (await ProgramRun.OfAsync("resume", run.Folder)).Refusal(ExitCode.DataRefused), StringComparison.Ordinal);

    [Fact]
    public async Task Predict_Table_GivesOneLinePerRow()
    {
        ProgramRun answers = (await ProgramRun.OfAsync("predict", run.Folder, run.Others, "--id", "mrn")).Expect(ExitCode.Done);
        string[] lines = answers.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("mrn,class,p_0,p_1,set,warnings", lines[0]);
        Assert.Equal(61, lines.Length);
        Assert.StartsWith("P1000,", lines[1], StringComparison.Ordinal);

        string file = run["risks.csv"];
        ProgramRun written = (await ProgramRun.OfAsync("predict", run.Model, run.Others, "--id", "mrn", "-o", file)).Expect(ExitCode.Done);
        Assert.Equal(answers.Output, await File.ReadAllTextAsync(file));
        Assert.Contains("60 rows answered", written.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_OnePatient_AgreesWithTheTable()
    {
        JsonNode table = (await ProgramRun.OfAsync("predict", run.Model, run.Others, "--json")).Expect(ExitCode.Done).Json;
        string[] first = (await File.ReadAllLinesAsync(run.Others))[1].Split(',');
        string[] patient = ["predict", run.Model, "--set", $"age={first[1]}", "--set", $"smoker={first[2]}", "--set", $"pressure={first[3]}"];
        JsonNode one = (await ProgramRun.OfAsync([.. patient, "--json"])).Expect(ExitCode.Done).Json;
        Assert.Equal((double)table["predictions"]![0]!["probability"]!, (double)one["probability"]!);
        Assert.Equal(0, (int)table["predictions"]![0]!["row"]!);
        Assert.Contains((string)one["class"]!, (await ProgramRun.OfAsync(patient)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_UnusualPatient_IsWarnedOf()
    {
        ProgramRun one = (await ProgramRun.OfAsync("predict", run.Model, "--set", "age=140", "--set", "smoker=sometimes", "--set", "pressure=120")).Expect(ExitCode.Done);
        Assert.Contains("! age", one.Output, StringComparison.Ordinal);
        Assert.Contains("! smoker", one.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_MissingColumn_IsRefusedByName()
    {
        string path = run["narrow.csv"];
        await File.WriteAllTextAsync(path, "age,smoker\n50,yes\n60,no\n");
        ProgramRun refused = await ProgramRun.OfAsync("predict", run.Model, path, "-o", run["narrow-out.csv"]);
        Assert.Contains("pressure", refused.Refusal(ExitCode.DataRefused), StringComparison.Ordinal);
        Assert.False(File.Exists(run["narrow-out.csv"]));
    }

    [Fact]
    public async Task Explain_Patient_ContributionsAddUpToTheDifference()
    {
        JsonNode json = (await ProgramRun.OfAsync("explain", run.Model, run.Others, "--id", "mrn=P1003", "--json")).Expect(ExitCode.Done).Json;
        JsonNode explanation = Assert.Single(json["explanations"]!.AsArray())!;
        Assert.Equal(3, (int)explanation["row"]!);
        double sum = explanation["contributions"]!.AsArray().Sum(item => (double)item!["log_odds"]!);
        Assert.Equal((double)explanation["log_odds"]! - (double)explanation["reference_log_odds"]!, sum, 4);

        string shown = (await ProgramRun.OfAsync("explain", run.Model, run.Others, "--id", "3")).Expect(ExitCode.Done).Output;
        Assert.Contains("age", shown, StringComparison.Ordinal);
        Assert.Contains("█", shown, StringComparison.Ordinal);
        Assert.Contains("add up", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_Table_ShowsWhatMovesTheAnswers()
    {
        JsonNode json = (await ProgramRun.OfAsync("explain", run.Folder, run.Others, "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal("age", (string?)json["columns"]![0]!["column"]);
        Assert.Contains("--id 0", (await ProgramRun.OfAsync("explain", run.Folder, run.Others)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_TrainingRows_AreRefusedUnlessAccepted()
    {
        Assert.Contains("--accept trained-rows", (await ProgramRun.OfAsync("evaluate", run.Model, run.Data)).Refusal(ExitCode.DataRefused), StringComparison.Ordinal);
        ProgramRun accepted = (await ProgramRun.OfAsync("evaluate", run.Model, run.Data, "--accept", "trained-rows")).Expect(ExitCode.Done);
        Assert.Contains("flatter", accepted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_OtherPatients_WritesTheSameFigures()
    {
        string folder = run["external"];
        JsonNode json = (await ProgramRun.OfAsync("evaluate", run.Model, run.Others, "--out", folder, "--json")).Expect(ExitCode.Done).Json;
        JsonNode file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "metrics.json")))!;
        Assert.Equal((double)file["external"]!["auroc"]!["value"]!, (double)json["metrics"]!["external"]!["auroc"]!["value"]!);
        Assert.True(File.Exists(Path.Combine(folder, "report.html")));
        Assert.Contains("AUROC", (await ProgramRun.OfAsync("evaluate", run.Model, run.Others)).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_OneClassOnly_SaysWhyFiguresAreNotDefined()
    {
        string[] lines = await File.ReadAllLinesAsync(run.Others);
        string path = run["one-class.csv"];
        await File.WriteAllLinesAsync(path, lines.Where((line, i) => i == 0 || line.EndsWith('0')));
        string folder = run["one-class"];
        string output = (await ProgramRun.OfAsync("evaluate", run.Model, path, "--out", folder)).Expect(ExitCode.Done).Output.ReplaceLineEndings(" ");
        Assert.Contains("Not defined (new data): AUROC, ", output, StringComparison.Ordinal);
        Assert.Contains("because there are no positive rows.", output, StringComparison.Ordinal);
        string report = await File.ReadAllTextAsync(Path.Combine(folder, "report.html"));
        Assert.Contains("one-class.csv", report, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetDirectoryName(path)!, report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_TestDataWithTrainingRowsAndTornFolds_SaysSoBesideTheFigures()
    {
        string tested = (await ProgramRun.OfAsync(
            "train", run.Data, "--target", "died", "--drop", "mrn", "--model", "logistic", "--threads", "1", "--test", run.Data, "--out", run["tested"])).Expect(ExitCode.Done).Output;
        Assert.Contains("! ", tested, StringComparison.Ordinal);
        Assert.Contains("equal a row of the training data", tested.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);

        int rows = (await File.ReadAllLinesAsync(run.Data)).Length - 1;
        string folds = run["folds.csv"];
        await File.WriteAllTextAsync(folds, "row,fold\n" + string.Concat(Enumerable.Range(0, rows - 3).Select(row => $"{row},{row % 3}\n")));
        string folded = (await ProgramRun.OfAsync(
            "train", run.Data, "--target", "died", "--drop", "mrn", "--model", "logistic", "--threads", "1", "--folds", folds, "--out", run["folded"])).Expect(ExitCode.Done).Output;
        Assert.Contains("! The fold file does not list 3 rows.", folded, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("onnx")]
    [InlineData("safetensors")]
    [InlineData("html")]
    public async Task Export_EachForm_WritesOneFile(string form)
    {
        string file = run[$"handed-on.{form}"];
        (await ProgramRun.OfAsync("export", run.Folder, "--to", form, "-o", file)).Expect(ExitCode.Done);
        Assert.True(new FileInfo(file).Length > 0);
        if (form == "onnx")
        {
            Assert.Equal(await File.ReadAllBytesAsync(run.Model), await File.ReadAllBytesAsync(file));
        }
    }

    [Fact]
    public async Task Export_ModelFileAsHtml_WritesItsCard()
    {
        (await ProgramRun.OfAsync("export", run.Model, "--to", "html", "-o", run["card.html"])).Expect(ExitCode.Done);
        Assert.Contains("<html", await File.ReadAllTextAsync(run["card.html"]), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Verify_Run_IsEqualAndWithOtherDigestsEndsWithFive()
    {
        Assert.True((bool)(await ProgramRun.OfAsync("verify", run.Folder, "--json")).Expect(ExitCode.Done).Json["is_equal"]!);

        string copy = run["changed"];
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(run.Folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        string record = Path.Combine(copy, "run.json");
        JsonNode json = JsonNode.Parse(await File.ReadAllTextAsync(record))!;
        json["digests"]!["model.onnx"] = new string('0', 64);
        await File.WriteAllTextAsync(record, json.ToJsonString());
        Assert.Contains("differs", (await ProgramRun.OfAsync("verify", copy)).Expect(ExitCode.VerificationDiffers).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OtherData_IsRefused() =>
        Assert.Contains("digest", (await ProgramRun.OfAsync("verify", run.Folder, run.Others)).Refusal(ExitCode.DataRefused), StringComparison.Ordinal);

    [Fact]
    public async Task Train_FromAModel_NamesTheAdaptations()
    {
        string folder = run["tuned"];
        ProgramRun tuned = await ProgramRun.OfAsync("train", run.Others, "--from", run.Model, "--threads", "1", "--out", folder, "--json");
        JsonNode json = tuned.Expect(ExitCode.Done).Json;
        Assert.Equal("died", (string?)json["target"]);
        Assert.Equal(["as is", "new intercept", "intercept and slope"], json["candidates"]!.AsArray().Select(candidate => (string?)candidate!["name"]));
    }

    [Fact]
    public async Task Train_Cancelled_SaysHowToGoOnAndResumeEndsWithTheSameModel()
    {
        string folder = run["stopped"];
        using var source = new CancellationTokenSource();
        string[] arguments = ["train", run.Data, "--target", "died", "--drop", "mrn", "--model", "logistic", "--seed", "3", "--threads", "1", "--out", folder];
        await source.CancelAsync();
        ProgramRun stopped = await ProgramRun.OfAsync(MedTune.Cli.Output.ScreenSettings.Redirected, source.Token, arguments);
        Assert.Contains("medtune resume", stopped.Expect(ExitCode.Stopped).Error, StringComparison.Ordinal);

        Assert.Contains("medtune resume", (await ProgramRun.OfAsync(arguments)).Refusal(ExitCode.DataRefused), StringComparison.Ordinal);
        (await ProgramRun.OfAsync("resume", folder, "--language", "zh")).Expect(ExitCode.Done);
        Assert.Equal(await File.ReadAllBytesAsync(run.Model), await File.ReadAllBytesAsync(Path.Combine(folder, "model.onnx")));
        Assert.Contains("<html lang=\"zh-CN\">", await File.ReadAllTextAsync(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", await File.ReadAllTextAsync(Path.Combine(folder, "report.en.html")), StringComparison.Ordinal);
    }
}
