using System.Text.Json.Nodes;
using MedTune.Cli;
using MedTune.Cli.Output;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

public sealed class InspectVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Inspect_SampleData_ShowsEverythingAndTheNextLine()
    {
        string path = Repository.PathOf("samples/data/gbsg.csv");
        ProgramRun run = (await ProgramRun.OfAsync("inspect", path, "--target", "recurrence or death within 3 years")).Expect(ExitCode.Done);
        Assert.Contains("UTF-8, separated by commas", run.Output, StringComparison.Ordinal);
        Assert.Contains("Target: recurrence or death within 3 years", run.Output, StringComparison.Ordinal);
        Assert.Contains("positive class", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($"medtune train {path} --target 'recurrence or death within 3 years'\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Equal("", run.Error);
        string[] table = [.. run.Output.Split('\n').SkipLast(2)];
        Assert.All(table.Skip(1), line => Assert.True(DisplayWidth.Of(line) <= Screen.MaximumWidth, line));
    }

    [Fact]
    public async Task Inspect_WithJson_GivesOneDocument()
    {
        string path = _folder.Write("心脏.csv", "年龄,性别,结局\n63,男,死亡\n41,女,存活\n57,男,死亡\n50,女,存活\n48,,存活\n70,男,死亡\n");
        ProgramRun run = (await ProgramRun.OfAsync("inspect", path, "--target", "结局", "--positive", "死亡", "--json")).Expect(ExitCode.Done);
        JsonNode json = run.Json;
        Assert.Equal(6, (int)json["rows"]!);
        Assert.Equal("死亡", (string?)json["classes"]![1]!["name"]);
        Assert.Equal(3, (int)json["classes"]![1]!["count"]!);
        Assert.Equal("年龄", (string?)json["columns"]![0]!["name"]);
        Assert.Equal("number", (string?)json["columns"]![0]!["kind"]);
        Assert.Equal(1, (int)json["columns"]![1]!["missing"]!);
        Assert.NotEmpty(json["findings"]!.AsArray());
        Assert.Contains("--positive 死亡", (string?)json["next"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_WithoutTarget_ShowsTheColumnsAndAsksForOne()
    {
        string path = _folder.Write("a.csv", "x,y\n1.5,a\n2.5,b\n3.5,a\n");
        ProgramRun run = (await ProgramRun.OfAsync("inspect", path)).Expect(ExitCode.Done);
        Assert.Contains("1.5 to 3.5", run.Output, StringComparison.Ordinal);
        Assert.Contains("--target COLUMN", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_OnATerminal_HasColorUnlessRefused()
    {
        string path = _folder.Write("a.csv", "x,y\n1.5,a\n2.5,b\n3.5,a\n");
        var terminal = new ScreenSettings(80, OutputIsTerminal: true, ErrorIsTerminal: true, HasColor: true);
        Assert.Contains('\u001b', (await ProgramRun.OfAsync(terminal, default, "inspect", path)).Output);
        Assert.DoesNotContain('\u001b', (await ProgramRun.OfAsync(terminal with { HasColor = false }, default, "inspect", path)).Output);
    }
}
