using System.Globalization;
using System.Text.RegularExpressions;
using MedTune.Tests.Cli.BrokenInputs;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Cli;

/// <summary>
/// Full disks and missing permissions, as the real program meets them. A disk of a few kilobytes is mounted in a namespace of its own, and a
/// person without rights is played by dropping those of root; where the machine lets the tests do neither, they say so and pass.
/// </summary>
public sealed partial class MachineLimitTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "MedTune.Cli.dll");

    private readonly ITestOutputHelper _output;
    private readonly TemporaryFolder _folder = new();

    public MachineLimitTests(ITestOutputHelper output)
    {
        _output = output;
        _folder.Write("good.csv", BrokenFolder.Patients(200));
        Directory.CreateDirectory(_folder["disk"]);
    }

    private string Train => $"{Medtune} train {_folder["good.csv"]} --target died --model logistic --seed 1 --threads 1 --out {_folder["disk/run"]}";

    private static string Medtune => $"dotnet {Program}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_DiskFullFromTheStart_LeavesNothing()
    {
        if (OnSmallDisk(8, $"head -c 20000 /dev/zero > {_folder["disk/filling"]} 2>/dev/null; {Train}; echo \"code $?\"; ls -A {_folder["disk"]}") is not { } outcome)
        {
            return;
        }

        Assert.Equal("code 1\nfilling\n", outcome.Output);
        Assert.Contains("No space left", Sentence(outcome), StringComparison.Ordinal);
        Assert.DoesNotContain("resume", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_DiskFullOnTheWay_GoesOnWhereThereIsRoomAgain()
    {
        string script = $"{Train}; echo \"code $?\"; ls {_folder["disk/run/report.html"]} {_folder["disk/run"]}/*.tmp 2> /dev/null; mount -o remount,size=20m {_folder["disk"]}; "
            + $"{Medtune} resume {_folder["disk/run"]} --threads 1 > /dev/null 2>&1; echo \"code $?\"; {Medtune} verify {_folder["disk/run"]} --threads 1 > /dev/null 2>&1; echo \"code $?\"; "
            + $"ls -A {_folder["disk/run"]}";
        if (OnSmallDisk(16, script) is not { } outcome)
        {
            return;
        }

        Assert.Equal("code 1\ncode 0\ncode 0\nhard-examples.csv\nlog.jsonl\nmetrics.json\nmodel.onnx\nplan.json\npredictions.csv\nreport.html\nreport.zh.html\nrun.json\nsettings.csv\n", outcome.Output);
        Assert.Contains("medtune resume", Sentence(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_DiskFull_LeavesTheOldAnswers()
    {
        string model = _folder["elsewhere"];
        ChildProcess.Run("dotnet", [Program, "train", _folder["good.csv"], "--target", "died", "--model", "logistic", "--threads", "1", "--out", model], _folder.Path, Variables).Expect(0);
        string answers = _folder["disk/answers.csv"];
        if (OnSmallDisk(8, $"echo old > {answers}; {Medtune} predict {model} {_folder["good.csv"]} -o {answers}; echo \"code $?\"; ls -A {_folder["disk"]}; cat {answers}") is not { } outcome)
        {
            return;
        }

        Assert.Equal("code 1\nanswers.csv\nold\n", outcome.Output);
        Sentence(outcome);
        ChildProcess.Outcome full = ChildProcess.Run("sh", ["-c", $"{Medtune} predict {model} {_folder["good.csv"]} > /dev/full; echo \"code $?\" >&2"], _folder.Path, Variables);
        Assert.Contains("code 1", full.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", full.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a table that may not be read", "inspect good.csv", "chmod 000 good.csv", 3)]
    [InlineData("a folder that may not be entered", "inspect closed/good.csv", "mkdir closed; cp good.csv closed; chmod 000 closed", 3)]
    [InlineData("a folder that may not be written", "train good.csv --target died --out closed/run", "mkdir closed; chmod 555 closed", 3)]
    [InlineData("an empty folder that may not be written", "train good.csv --target died --out closed", "mkdir closed; chmod 555 closed", 3)]
    [InlineData("a model that may not be read", "predict secret.onnx good.csv", "echo x > secret.onnx; chmod 000 secret.onnx", 4)]
    [InlineData("a plan that may not be read", "train good.csv --target died --plan secret.json --out run", "echo x > secret.json; chmod 000 secret.json", 2)]
    public void Verb_WithoutPermission_IsRefusedInOneSentence(string what, string typed, string prepare, int code)
    {
        ChildProcess.Outcome rights = Shell("setpriv --reuid 65534 --regid 65534 --clear-groups dotnet " + Program + " --version");
        if (rights.ExitCode != 0)
        {
            _output.WriteLine($"Left out: {what}; the tests cannot put down their rights here.");
            return;
        }

        Shell($"chmod 777 .; {prepare}").Expect(0);
        ChildProcess.Outcome outcome = Shell($"before=$(ls -A); setpriv --reuid 65534 --regid 65534 --clear-groups {Medtune} {typed}; code=$?; [ \"$before\" = \"$(ls -A)\" ] || echo left behind; chmod -R 777 .; exit $code");
        Assert.Equal("", outcome.Expect(code).Output);
        Sentence(outcome);
    }

    private Dictionary<string, string> Variables => new() { ["MEDTUNE_DATA"] = _folder["ledger"], ["DOTNET_EnableDiagnostics"] = "0" };

    private static string Sentence(ChildProcess.Outcome outcome)
    {
        string line = Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !Progress().IsMatch(line));
        Assert.StartsWith("medtune: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain(BrokenFolder.Canary, line, StringComparison.Ordinal);
        return line;
    }

    private ChildProcess.Outcome? OnSmallDisk(int kibibytes, string script)
    {
        string mounted = string.Create(CultureInfo.InvariantCulture, $"mount -t tmpfs -o size={kibibytes}k medtune {_folder["disk"]}");
        if (!OperatingSystem.IsLinux() || ChildProcess.Run("sh", ["-c", $"unshare -m sh -c '{mounted}'"], _folder.Path).ExitCode != 0)
        {
            _output.WriteLine("Left out: this machine lets the tests mount no small disk.");
            return null;
        }

        return ChildProcess.Run("unshare", ["-m", "sh", "-c", $"{mounted} && {{ {script}; }}"], _folder.Path, Variables);
    }

    private ChildProcess.Outcome Shell(string script) => ChildProcess.Run("sh", ["-c", script], _folder.Path, Variables);

    [GeneratedRegex("^training: ")]
    private static partial Regex Progress();
}
