using System.Text.Json.Nodes;
using MedTune.Cli;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

public sealed class SiteVerbTests
{
    [Fact]
    public async Task Train_WithSites_ShowsThemWithinTheWidthAndInBothDocuments()
    {
        using var folder = new TemporaryFolder();
        string data = folder.Write("cohort.csv", SiteCohort.Csv());
        string[] line = ["train", data, "--target", "outcome", "--patient", "patient", "--site", "site", "--model", "logistic", "--threads", "1"];
        string shown = (await ProgramRun.OfAsync([.. line, "--out", folder["shown"]])).Expect(ExitCode.Done).Output;
        foreach (string said in new[] { "Each site left out in turn", "O/E", "recalib.", "a further site", "tau", "Too small to be left out, only trained with: small." })
        {
            Assert.Contains(said, shown, StringComparison.Ordinal);
        }

        Assert.All(shown.Split('\n').Where(text => !text.Contains(folder.Path, StringComparison.Ordinal)), text => Assert.True(text.Length <= 100, text));
        Assert.Contains("id=\"sites\"", await File.ReadAllTextAsync(folder["shown/report.html"]), StringComparison.Ordinal);

        JsonNode json = (await ProgramRun.OfAsync([.. line, "--out", folder["json"], "--json"])).Expect(ExitCode.Done).Json;
        JsonNode stored = JsonNode.Parse(await File.ReadAllTextAsync(folder["json/metrics.json"]))!;
        Assert.Equal(stored["sites"]!.ToJsonString(), json["sites"]!.ToJsonString());
        Assert.Equal(3, (int)json["sites"]!["summary"]!["auroc"]!["sites"]!);
        (await ProgramRun.OfAsync("verify", folder["json"])).Expect(ExitCode.Done);
    }

    [Fact]
    public async Task Train_NoSiteValidation_LeavesTheSitesAlone()
    {
        using var folder = new TemporaryFolder();
        string data = folder.Write("cohort.csv", SiteCohort.Csv());
        ProgramRun run = await ProgramRun.OfAsync(
            "train", data, "--target", "outcome", "--patient", "patient", "--site", "site", "--model", "logistic", "--no-site-validation", "--out", folder["run"], "--json");
        Assert.Null(run.Expect(ExitCode.Done).Json["sites"]);
        Assert.Contains("\"site_validation\": false", await File.ReadAllTextAsync(folder["run/plan.json"]), StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"sites\"", await File.ReadAllTextAsync(folder["run/report.html"]), StringComparison.Ordinal);
    }
}
