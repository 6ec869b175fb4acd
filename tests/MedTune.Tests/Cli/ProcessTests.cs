using System.Diagnostics;
using System.Globalization;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

/// <summary>The built program, started as a person's shell does.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "MedTune.Cli.dll");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inspect_Redirected_IsPlainUtf8()
    {
        string path = _folder.Write("a.csv", "年龄,性别\n63,男\n41,女\n57,男\n");
        ChildProcess.Outcome outcome = Run("inspect", path).Expect(0);
        Assert.Contains("年龄", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', outcome.Output + outcome.Error);
        Assert.Equal("", outcome.Error);
    }

    [Fact]
    public void UnknownOption_EndsWithTwo() => Assert.Contains("--tagret", Run("inspect", "a.csv", "--tagret").Expect(2).Error, StringComparison.Ordinal);

    [Fact]
    public void MissingFile_EndsWithThree()
    {
        ChildProcess.Outcome outcome = Run("inspect", "nowhere.csv").Expect(3);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Debug_Wanted_ShowsWhereItHappened() =>
        Assert.Contains("   at ", Run([new("MEDTUNE_DEBUG", "1")], "inspect", "nowhere.csv").Expect(3).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Train_Interrupted_EndsWith130AndSaysHowToGoOn()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // no SIGINT to send
        }

        string data = _folder.Write("patients.csv", TrainedRun.Patients(0, 3000)); // long enough that a busy machine does not end it before the signal comes
        var start = new ProcessStartInfo("dotnet", [Program, "train", data, "--target", "died", "--model", "perceptron", "--search", "50", "--threads", "1", "--out", _folder["run"]])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["MEDTUNE_DATA"] = _folder["ledger"];
        using Process process = Process.Start(start)!;
        string? first = await process.StandardError.ReadLineAsync();
        Assert.StartsWith("training: ", first, StringComparison.Ordinal);
        ChildProcess.Run("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)], _folder.Path).Expect(0);
        string rest = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.Contains($"medtune resume {_folder["run"]}", rest, StringComparison.Ordinal);
        Assert.True(Directory.Exists(_folder["run/checkpoint"]));
        Assert.False(File.Exists(_folder["run/model.onnx"]));
    }

    private ChildProcess.Outcome Run(params string[] arguments) => Run([], arguments);

    private ChildProcess.Outcome Run(KeyValuePair<string, string>[] variables, params string[] arguments) =>
        ChildProcess.Run("dotnet", [Program, .. arguments], _folder.Path, new Dictionary<string, string>(variables) { ["MEDTUNE_DATA"] = _folder["ledger"] });
}
