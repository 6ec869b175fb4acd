using System.Globalization;
using System.Text;
using MedTune.Cli;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

/// <summary>What a hospital's first file may be: each is refused in one sentence, with exit code 3, and nothing is left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BadInputTests()
    {
        _folder.Write("empty.csv", "");
        File.WriteAllBytes(_folder["junk.csv"], [.. Enumerable.Range(0, 4000).Select(i => (byte)((i * 7919) ^ (i >> 3)))]);
        _folder.Write("ragged.csv", "x,y,died\n1,2,0\n1,2\n3,4,1\n");
        _folder.Write("double.csv", "x,x,died\n1,2,0\n3,4,1\n");
        _folder.Write("one-class.csv", Rows(_ => "0"));
        _folder.Write("no-target.csv", Rows(_ => ""));
        _folder.Write("good.csv", Rows(row => row % 2 == 0 ? "0" : "1"));
        Directory.CreateDirectory(_folder["folder"]);
    }

    public static TheoryData<string, string, string> Cases() => new()
    {
        { "missing.csv", "died", "missing.csv" },
        { "folder", "died", "folder" },
        { "empty.csv", "died", "empty" },
        { "junk.csv", "died", "junk.csv" },
        { "ragged.csv", "died", "2" },
        { "double.csv", "died", "'x'" },
        { "one-class.csv", "died", "died" },
        { "no-target.csv", "died", "died" },
        { "good.csv", "dead", "'dead'" },
        { "good.csv", "dead>0", "dead" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Inspect_BadInput_IsRefusedInOneSentence(string file, string target, string said)
    {
        ProgramRun run = await ProgramRun.OfAsync("inspect", _folder[file], "--target", target);
        Assert.Contains(said, run.Refusal(ExitCode.DataRefused), StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Train_BadInput_IsRefusedAndLeavesNothing(string file, string target, string said)
    {
        string[] before = Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories);
        ProgramRun run = await ProgramRun.OfAsync("train", _folder[file], "--target", target, "--out", _folder["out"]);
        Assert.Contains(said, run.Refusal(ExitCode.DataRefused), StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("missing.onnx")]
    [InlineData("folder")]
    [InlineData("empty.csv")]
    [InlineData("junk.csv")]
    [InlineData("good.csv")]
    public async Task Predict_BadModel_IsRefusedWithFour(string model)
    {
        ProgramRun run = await ProgramRun.OfAsync("predict", _folder[model], _folder["good.csv"], "-o", _folder["out.csv"]);
        Assert.Contains(Path.GetFileNameWithoutExtension(model), run.Refusal(ExitCode.ModelRefused), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out.csv"]));
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("verify")]
    public async Task Run_FolderWithoutARun_IsRefused(string verb)
    {
        Assert.Contains("folder", (await ProgramRun.OfAsync(verb, _folder["folder"])).Refusal(ExitCode.DataRefused), StringComparison.Ordinal);
        Assert.Contains("nowhere", (await ProgramRun.OfAsync(verb, _folder["nowhere"])).Refusal(ExitCode.DataRefused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_FolderInUse_IsRefusedBeforeTraining()
    {
        ProgramRun run = await ProgramRun.OfAsync("train", _folder["good.csv"], "--target", "died", "--out", _folder.Path);
        Assert.Contains("--out", run.Refusal(ExitCode.DataRefused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_BadInputWithJson_GivesTheErrorAsADocument()
    {
        ProgramRun run = (await ProgramRun.OfAsync("inspect", _folder["ragged.csv"], "--json")).Expect(ExitCode.DataRefused);
        Assert.Equal(3, (int)run.Json["error"]!["code"]!);
        Assert.Contains((string)run.Json["error"]!["message"]!, run.Error, StringComparison.Ordinal);
    }

    private static string Rows(Func<int, string> target)
    {
        var text = new StringBuilder("x,y,died\n");
        for (int row = 0; row < 40; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row * 0.5},{row * 13 % 7},{target(row)}\n");
        }

        return text.ToString();
    }
}
