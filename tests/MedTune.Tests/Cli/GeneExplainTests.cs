using System.Text.Json.Nodes;
using System.Xml.Linq;
using MedTune.Cli;
using MedTune.Data.Genes;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

/// <summary><c>medtune explain</c> for gene models, as a person would type it.</summary>
public sealed class GeneExplainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(GeneForm.Expression, "gene", "G")]
    [InlineData(GeneForm.Genotype, "variant", "1:")]
    public async Task Explain_Table_ShowsTheStrongestAndGivesAll(GeneForm form, string noun, string start)
    {
        string data = await TrainAsync(form);
        string[] words = ["explain", _folder["run"], data];

        string overall = (await ProgramRun.OfAsync(words)).Expect(ExitCode.Done).Output;
        ProgramRun one = (await ProgramRun.OfAsync([.. words, "--id", "1"])).Expect(ExitCode.Done);
        JsonNode all = (await ProgramRun.OfAsync([.. words, "--id", "1", "--json"])).Expect(ExitCode.Done).Json;
        JsonNode means = (await ProgramRun.OfAsync([.. words, "--json"])).Expect(ExitCode.Done).Json;

        Assert.Contains("what moves the answers", overall, StringComparison.Ordinal);
        Assert.Contains("--id 0", overall, StringComparison.Ordinal);
        Assert.Contains(noun, one.Output, StringComparison.Ordinal);
        Assert.InRange(one.Output.Split('\n').Count(line => line.TrimStart().StartsWith(start, StringComparison.Ordinal)), 2, 15);
        Assert.Equal(form == GeneForm.Genotype ? 30 : 60, all["contributions"]!.AsArray().Count);
        Assert.Equal(form == GeneForm.Genotype ? 30 : 60, means["features"]!.AsArray().Count);
        Assert.True((double)means["features"]![0]!["mean_absolute_log_odds"]! > 0);
        Assert.DoesNotContain(MadeGenes.Planted, overall + one.Output + all + means, StringComparison.Ordinal);
        ProgramRun named = (await ProgramRun.OfAsync([.. words, "--id", $"sample={MadeGenes.Planted}1", "--json"])).Expect(ExitCode.Done);
        Assert.Equal(all.ToJsonString(), named.Json.ToJsonString());
    }

    [Fact]
    public async Task Explain_Sequence_MarksLettersAndDrawsThem()
    {
        string data = await TrainAsync(GeneForm.Sequence);
        string letters = (await File.ReadAllLinesAsync(data))[2].Split(',')[1];
        string[] words = ["explain", _folder["run"], data];

        ProgramRun one = (await ProgramRun.OfAsync([.. words, "--id", "1", "--out", _folder["heat.svg"]])).Expect(ExitCode.Done);
        string overall = (await ProgramRun.OfAsync(words)).Expect(ExitCode.Done).Output;
        JsonNode all = (await ProgramRun.OfAsync([.. words, "--id", "1", "--json", "--out", _folder["heat.html"]])).Expect(ExitCode.Done).Json;

        Assert.Contains(letters, one.Output, StringComparison.Ordinal);
        Assert.Contains("#", one.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', one.Output);
        Assert.Contains("which places move the answers", overall, StringComparison.Ordinal);
        Assert.Equal(40, all["places"]!.AsArray().Count);
        Assert.Equal(0, (double)all["places"]![0]!["log_odds"]![letters[..1]]!);
        XElement drawing = XDocument.Load(_folder["heat.svg"]).Root!;
        Assert.Equal("svg", drawing.Name.LocalName);
        Assert.Equal(40, drawing.Descendants().Count(element => (string?)element.Attribute("class") == "own"));
        Assert.Contains("<html lang=\"en\">", await File.ReadAllTextAsync(_folder["heat.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_WrongWords_AreRefusedInASentence()
    {
        string data = await TrainAsync(GeneForm.Sequence);
        string model = _folder["run"];
        Assert.Contains("--set belongs to tables", (await ProgramRun.OfAsync("explain", model, "--set", "age=63")).Refusal(ExitCode.WrongArguments), StringComparison.Ordinal);
        Assert.Contains("--out draws one sequence", (await ProgramRun.OfAsync("explain", model, data, "--out", _folder["heat.svg"])).Refusal(ExitCode.WrongArguments), StringComparison.Ordinal);
        Assert.Contains("sample=NAME", (await ProgramRun.OfAsync("explain", model, data, "--id", "first")).Refusal(ExitCode.WrongArguments), StringComparison.Ordinal);
        Assert.Contains("has no sample 900", (await ProgramRun.OfAsync("explain", model, data, "--id", "900")).Refusal(ExitCode.DataRefused), StringComparison.Ordinal);
        string uneven = _folder.Write("uneven.fa", ">1\nACGTACGTACGT\n>2\nACGTACGTACGTAC\n");
        Assert.Contains("several lengths", (await ProgramRun.OfAsync("explain", model, uneven)).Refusal(ExitCode.DataRefused), StringComparison.Ordinal);
    }

    private async Task<string> TrainAsync(GeneForm form)
    {
        var request = MadeGenes.Request(_folder, form);
        await Runs.TrainAsync(request with { Models = form == GeneForm.Sequence ? ["k-mer"] : ["ridge"] }, _folder["run"]);
        return request.DataPath;
    }
}
