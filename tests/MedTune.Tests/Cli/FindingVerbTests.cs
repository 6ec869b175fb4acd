using System.Text.Json.Nodes;
using MedTune.Cli;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

/// <summary>The verbs on a model of several findings, as a person would type them.</summary>
public sealed class FindingVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verbs_OnAModelOfFindings_AnswerEachFinding()
    {
        string manifest = MadeFindings.Write(_folder);
        var trained = await Runs.TrainAsync(MadeFindings.Request(_folder, manifest) with { Models = ["frozen"] }, _folder["run"]);
        string others = MadeFindings.Write(_folder, "others", 300, 40);

        string[] lines = (await ProgramRun.OfAsync("predict", _folder["run"], others)).Expect(ExitCode.Done).Output.TrimEnd('\n').Split('\n');
        Assert.Equal("picture,findings,predicted_bright,predicted_lying,predicted_standing,p_bright,p_lying,p_standing,set_bright,set_lying,set_standing,warnings", lines[0]);
        Assert.Equal(41, lines.Length);
        Assert.Contains("finding", (await ProgramRun.OfAsync("predict", _folder["run"], others, "-o", _folder["answers.csv"])).Expect(ExitCode.Done).Output, StringComparison.Ordinal);

        JsonNode predicted = (await ProgramRun.OfAsync("predict", _folder["run"], others, "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal(trained.Run.Model.Manifest.Thresholds!.Value[1], (double)predicted["thresholds"]!["lying"]!, 6);
        Assert.InRange((double)predicted["predictions"]![0]!["findings"]!["standing"]!["probability"]!, 0, 1);

        string shown = (await ProgramRun.OfAsync("evaluate", _folder["run"], others)).Expect(ExitCode.Done).Output;
        Assert.Contains("AUROC, mean over findings", shown, StringComparison.Ordinal);
        Assert.Contains("Finding by finding", shown, StringComparison.Ordinal);
        JsonNode evaluated = (await ProgramRun.OfAsync("evaluate", _folder["run"], others, "--json", "--out", _folder["evaluated"])).Expect(ExitCode.Done).Json;
        Assert.InRange((double)evaluated["metrics"]!["external"]!["auroc_lying"]!["value"]!, 0.8, 1);
        Assert.True(File.Exists(_folder["evaluated/report.html"]));
    }

    [Fact]
    public async Task Explain_PictureOfSeveralFindings_DrawsEachThatIsThere()
    {
        await Runs.TrainAsync(MadeFindings.Request(_folder, MadeFindings.Write(_folder)) with { Models = ["frozen"] }, _folder["run"]);
        string others = MadeFindings.Write(_folder, "others", 300, 12);

        JsonNode explained = (await ProgramRun.OfAsync("explain", _folder["run"], others, "--out", _folder["explained"], "--json")).Expect(ExitCode.Done).Json;

        Assert.All(explained["pictures"]!.AsArray(), picture =>
        {
            int present = picture!["findings"]!.AsObject().Count(finding => (bool)finding.Value!["present"]!);
            Assert.Equal(2 * Math.Max(1, present), picture["files"]!.AsArray().Count);
        });
        Assert.Contains(explained["pictures"]!.AsArray(), picture => picture!["files"]!.AsArray().Count > 2);
        Assert.All(Directory.GetFiles(_folder["explained"]), file => Assert.Matches(@"\.(bright|lying|standing)\.(grad-cam|occlusion)\.png$", file));
        Assert.Contains("no finding", (await ProgramRun.OfAsync("explain", _folder["run"], others, "--out", _folder["again"])).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }
}
