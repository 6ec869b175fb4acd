using System.Text;
using System.Text.Json.Nodes;
using MedTune.Cli;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

/// <summary>What a person says about how a table is written holds for every verb that reads one, and is kept with the run.</summary>
public sealed class ReadingOptionsTests : IDisposable
{
    private static readonly string[] Stated = ["--separator", "semicolon", "--decimal", "comma", "--encoding", "gbk"];

    private readonly TemporaryFolder _folder = new();

    // Read without help, "1,500" is fifteen hundred, the first comma separates as well as the first semicolon, and 性别 could be Latin-1.
    public ReadingOptionsTests()
    {
        var text = new StringBuilder("年龄,岁;性别,码;died\n");
        for (int i = 0; i < 120; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{30 + (i * 37 % 51)},{100 + (i * 7 % 800)};{(i % 3 == 0 ? "男,a" : "女,b")};{(i * 7919 % 100 < (i * 37 % 51) + 5 ? 1 : 0)}\n");
        }

        File.WriteAllBytes(_folder["patients.csv"], CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes(text.ToString()));
    }

    private string Data => _folder["patients.csv"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Inspect_Stated_ReadsAsStatedAndProposesTheSameOptions()
    {
        JsonNode json = (await ProgramRun.OfAsync(["inspect", Data, "--target", "died", .. Stated, "--json"])).Expect(ExitCode.Done).Json;
        Assert.Contains("GB18030, separated by semicolons, decimal comma", (string?)json["format"], StringComparison.Ordinal);
        JsonNode age = json["columns"]!.AsArray().Single(column => (string?)column!["name"] == "年龄,岁")!;
        Assert.InRange((double)age["maximum"]!, 30, 81);
        Assert.Contains("--separator semicolon --decimal comma --encoding gbk", json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_Stated_IsKeptAndVerified()
    {
        (await ProgramRun.OfAsync(["train", Data, "--target", "died", "--model", "logistic", "--threads", "1", .. Stated, "--out", _folder["run"]])).Expect(ExitCode.Done);
        JsonNode kept = JsonNode.Parse(File.ReadAllText(_folder["run/run.json"]))!["data"]!;
        Assert.Equal(";,gbk", string.Concat((string?)kept["separator"], (string?)kept["decimal_mark"], (string?)kept["encoding"]));
        (await ProgramRun.OfAsync("verify", _folder["run"], "--threads", "1")).Expect(ExitCode.Done);
        (await ProgramRun.OfAsync(["evaluate", _folder["run"], Data, "--accept", "trained-rows", .. Stated])).Expect(ExitCode.Done);
        (await ProgramRun.OfAsync(["explain", _folder["run"], Data, "--id", "0", .. Stated])).Expect(ExitCode.Done);
        ProgramRun predicted = (await ProgramRun.OfAsync(["predict", _folder["run"], Data, .. Stated])).Expect(ExitCode.Done);
        Assert.DoesNotContain("not seen", predicted.Output, StringComparison.Ordinal);
        Assert.Equal(121, predicted.Output.TrimEnd('\n').Split('\n').Length);
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("predict")]
    [InlineData("explain")]
    public async Task Help_VerbThatReadsATable_ExplainsThem(string verb)
    {
        string wrapped = (await ProgramRun.OfAsync(verb, "--help")).Expect(ExitCode.Done).Output;
        string help = string.Join(' ', wrapped.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("--separator semicolon", help, StringComparison.Ordinal);
        Assert.Contains("--decimal comma", help, StringComparison.Ordinal);
        Assert.Contains("--encoding gbk", help, StringComparison.Ordinal);
    }
}
