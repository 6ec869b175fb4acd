using System.Diagnostics;
using System.Security.Cryptography;
using MedTune.Tensors;
using MedTune.Tests.House;

namespace MedTune.Tests;

/// <summary>One model file, byte for byte, from the built program: any threads, any instruction set, killed and resumed.</summary>
public sealed class SameFileTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "MedTune.Cli.dll");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_EveryThreadCountAndInstructionSet_WritesTheSameModel()
    {
        string data = Cohort.Write(_folder, "patients.csv", 90, seed: 31);
        string[] same = ["--plan", Cohort.WriteQuickPlan(_folder, data), "--epochs", "4"];
        string expected = Train(data, "reference", [], [.. same, "--threads", "2"]);
        Assert.Equal(expected, Train(data, "one", [], [.. same, "--threads", "1"]));
        Assert.Equal(expected, Train(data, "four", [], [.. same, "--threads", "4"]));
        Assert.Equal(expected, Train(data, "avx2", [new("DOTNET_EnableAVX512", "0")], same));
        Assert.Equal(expected, Train(data, "no-avx2", [new("DOTNET_EnableAVX2", "0")], same));
        Assert.Equal(expected, Train(data, "scalar", [new("DOTNET_EnableHWIntrinsic", "0")], same));
    }

    [Theory]
    [InlineData("perceptron", 4)]
    [InlineData("boosting", 3)]
    [InlineData("forest", 3)]
    public void Train_KilledAtAnyMomentAndResumed_WritesTheSameModel(string model, int trials)
    {
        string data = Cohort.Write(_folder, "patients.csv", 400, seed: 32);
        string[] same = model == "perceptron" ? ["--model", model, "--epochs", "40"] : ["--model", model, "--plan", Cohort.WriteQuickPlan(_folder, data)];
        string expected = Train(data, "whole", [], same);
        var random = new Philox(7, RandomPurpose.Search, 0);
        int killed = 0;
        for (ulong trial = 0; trial < (ulong)trials; trial++)
        {
            string run = _folder[$"killed{trial}"];
            using var process = Process.Start(Start([], ["train", data, "--target", "outcome", "--seed", "5", .. same, "--threads", "1", "--out", run]))!;
            _ = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();

            // Wait until training is under way, then end it without a word, as a power cut does.
            string journal = Path.Combine(run, "checkpoint", "fits.journal");
            while (!process.HasExited && !File.Exists(journal))
            {
                Thread.Sleep(5);
            }

            Thread.Sleep(random.Below(400, trial));
            if (!process.HasExited)
            {
                process.Kill();
                killed++;
            }

            process.WaitForExit();
            if (!File.Exists(Path.Combine(run, "model.onnx")))
            {
                Run([], "resume", run).Expect(0);
            }

            Assert.Equal(expected, DigestOf(Path.Combine(run, "model.onnx")));
            Assert.False(Directory.Exists(Path.Combine(run, "checkpoint")));
        }

        Assert.True(killed > 0, "Every run ended before it could be killed; make the data larger.");
    }

    private static string DigestOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private string Train(string data, string name, KeyValuePair<string, string>[] variables, params string[] more)
    {
        Run(variables, ["train", data, "--target", "outcome", "--seed", "5", "--out", _folder[name], .. more]).Expect(0);
        return DigestOf(_folder[$"{name}/model.onnx"]);
    }

    private ChildProcess.Outcome Run(KeyValuePair<string, string>[] variables, params string[] arguments) => ChildProcess.Run(
        "dotnet", [Program, .. arguments], _folder.Path, new Dictionary<string, string>(variables) { ["MEDTUNE_DATA"] = _folder["ledger"] });

    private ProcessStartInfo Start(KeyValuePair<string, string>[] variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        start.Environment["MEDTUNE_DATA"] = _folder["ledger"];
        return start;
    }
}
