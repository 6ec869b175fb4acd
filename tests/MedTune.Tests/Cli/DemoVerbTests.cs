using System.Text.Json.Nodes;
using MedTune.Cli;
using MedTune.Cli.Options;
using MedTune.Data;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

public sealed class DemoVerbTests : IDisposable
{
    private const string Target = "recurrence or death within 3 years";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Draw_SamePatientsEveryTime_AndNobodyTwice()
    {
        string source = Path.Combine(SampleData.Folder(), "gbsg.csv");
        Directory.CreateDirectory(_folder["a"]);
        Directory.CreateDirectory(_folder["b"]);
        SamplePart.Split first = SamplePart.Draw(source, Target, 60, _folder["a"]);
        SamplePart.Split second = SamplePart.Draw(source, Target, 60, _folder["b"]);
        Assert.Equal(File.ReadAllText(first.TrainingPath), File.ReadAllText(second.TrainingPath));
        Dataset training = Dataset.FromCsv(first.TrainingPath, Target);
        Dataset test = Dataset.FromCsv(first.TestPath, Target);
        Assert.InRange(training.RowCount, 60, 65);
        Assert.Equal(Dataset.FromCsv(source, Target).RowCount, training.RowCount + test.RowCount);
        Assert.Empty(training.RowDigests.Intersect(test.RowDigests));
    }

    [Fact]
    public async Task Demo_GivesTwoRunsWithTheirReports()
    {
        ProgramRun run = (await ProgramRun.OfAsync("demo", "--out", _folder["demo"], "--json")).Expect(ExitCode.Done);
        JsonArray runs = run.Json["runs"]!.AsArray();
        Assert.Equal(2, runs.Count);
        Assert.All(runs, entry => Assert.True(File.Exists((string)entry!["report"]!) && File.Exists((string)entry["model"]!)));
        Assert.InRange((double)runs[0]!["metrics"]!["test"]!["auroc"]!["value"]!, 0.65, 0.85);
        Assert.InRange((double)runs[1]!["metrics"]!["test"]!["auroc"]!["value"]!, 0.65, 0.85);
        Assert.Equal(["as is", "new intercept", "intercept and slope"], runs[1]!["candidates"]!.AsArray().Take(3).Select(candidate => (string?)candidate!["name"]));
    }
}
