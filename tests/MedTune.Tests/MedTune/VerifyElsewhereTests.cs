using System.IO.Compression;
using MedTune.Tests.House;

namespace MedTune.Tests;

/// <summary>A run made on another machine, as far as one machine can play two: other threads, other instructions, other places, the data packed.</summary>
public sealed class VerifyElsewhereTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "MedTune.Cli.dll");
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Runs()
    {
        var runs = new TheoryData<string, string>();
        string[] machines = ["DOTNET_EnableHWIntrinsic", "DOTNET_EnableAVX2", "DOTNET_EnableAVX512"];
        for (int i = 0; i < ModelKinds.All.Count; i++)
        {
            runs.Add(ModelKinds.All[i], machines[i % machines.Length]);
        }

        return runs;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Runs))]
    public void Verify_RunMadeElsewhere_IsEqual(string kind, string withoutInstructions)
    {
        Directory.CreateDirectory(_folder["there"]);
        string data = Cohort.Write(_folder, "there/patients.csv", 90, seed: 51);
        string test = Cohort.Write(_folder, "there/test.csv", 60, seed: 52);
        Run([new(withoutInstructions, "0")], "train", data, "--target", "outcome", "--test", test, "--plan", Cohort.WriteQuickPlan(_folder, data), "--model", string.Join(',', ModelKinds.ModelsOf(kind)), "--threads", "1", "--out", _folder["there/run"]);

        Directory.CreateDirectory(_folder["here"]);
        Directory.Move(_folder["there/run"], _folder["here/a run"]);
        File.Move(test, _folder["here/test.csv"]);
        using (var packed = new GZipStream(File.Create(_folder["here/渡された.csv.gz"]), CompressionLevel.Optimal))
        {
            packed.Write(File.ReadAllBytes(data));
        }

        Directory.Delete(_folder["there"], recursive: true);
        string said = Run([], "verify", _folder["here/a run"], _folder["here/渡された.csv.gz"], "--threads", "4");
        Assert.Contains("Verified", said, StringComparison.Ordinal);
    }

    private string Run(KeyValuePair<string, string>[] variables, params string[] arguments) => ChildProcess.Run(
        "dotnet", [Program, .. arguments], _folder.Path, new Dictionary<string, string>(variables) { ["MEDTUNE_DATA"] = _folder["ledger"] }).Expect(0).Output;
}
