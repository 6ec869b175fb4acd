using System.Text.Json.Nodes;
using MedTune.Cli;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

/// <summary>A leak stops the training until it is answered, and the answer is kept with the run.</summary>
public sealed class LeakStopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // As in many files of survivors: who died was watched for a shorter time.
    public LeakStopTests()
    {
        string[] lines = TrainedRun.Patients(0, 160).TrimEnd('\n').Split('\n');
        _folder.Write("patients.csv", string.Join('\n', lines.Select((line, i) => i == 0 ? $"follow-up days,{line}" : $"{(line.EndsWith('1') ? 20 : 60) + (i * 31 % 90)},{line}")) + "\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_Leak_IsRefusedWithBothAnswersAndLeavesNothing()
    {
        ProgramRun run = await Train();
        string said = run.Refusal(ExitCode.DataRefused);
        Assert.Contains("--drop 'follow-up days'", said, StringComparison.Ordinal);
        Assert.Contains("--accept 'leak-after-the-fact:follow-up days'", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public async Task Train_SeveralLeaks_SaysEachOnALineOfItsOwn()
    {
        string[] lines = File.ReadAllText(_folder["patients.csv"]).TrimEnd('\n').Split('\n');
        _folder.Write("patients.csv", string.Join('\n', lines.Select((line, i) => i == 0 ? $"days to death,{line}" : $"{(line.EndsWith('1') ? 10 : 80) + (i * 17 % 80)},{line}")) + "\n");
        ProgramRun run = (await Train()).Expect(ExitCode.DataRefused);
        string[] said = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(3, said.Length);
        Assert.StartsWith("medtune: 2 findings in the data stop the training", said[0], StringComparison.Ordinal);
        Assert.Contains("--accept 'leak-after-the-fact'", said[0], StringComparison.Ordinal);
        Assert.StartsWith("  - 'days to death'", said[1], StringComparison.Ordinal);
        Assert.StartsWith("  - 'follow-up days'", said[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_LeakAccepted_IsRecordedAndVerified()
    {
        const string answer = "leak-after-the-fact:follow-up days";
        (await Train("--accept", answer)).Expect(ExitCode.Done);
        JsonNode plan = JsonNode.Parse(File.ReadAllText(_folder["run/plan.json"]))!;
        Assert.Contains(plan["accepted"]!.AsArray(), accepted => accepted!.GetValue<string>() == answer);
        (await ProgramRun.OfAsync("verify", _folder["run"], "--threads", "1")).Expect(ExitCode.Done);
    }

    [Fact]
    public async Task Train_LeakDropped_Trains() => (await Train("--drop", "follow-up days")).Expect(ExitCode.Done);

    private Task<ProgramRun> Train(params string[] answer) => ProgramRun.OfAsync(
        ["train", _folder["patients.csv"], "--target", "died", "--drop", "mrn", "--model", "logistic", "--seed", "3", "--threads", "1", "--out", _folder["run"], .. answer]);
}
