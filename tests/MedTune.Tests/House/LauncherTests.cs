namespace MedTune.Tests.House;

/// <summary>The launchers <c>./medtune</c> and <c>./test</c>, run in a made-up repository with a stand-in for <c>dotnet</c>.</summary>
public sealed class LauncherTests : IDisposable
{
    private const string Stand = """
        #!/usr/bin/env bash
        root=@ROOT@
        echo "$*" >> "$root/calls"
        case "$1" in
          build)
            [ ! -f "$root/broken" ] || { echo "A.cs(1,1): error CS1002: ; expected"; exit 1; }
            mkdir -p "$root/artifacts/bin/MedTune.Cli/release"; touch "$root/artifacts/bin/MedTune.Cli/release/MedTune.Cli.dll" ;;
          test)
            file=$(grep -o '[^=]*[.]trx' <<<"$*")
            [ -f "$root/crash" ] || echo '<Counters total="5" executed="5" passed="'"${FAKE_PASSED:-5}"'" failed="'"${FAKE_FAILED:-0}"'" error="0" />' > "$file"
            echo "DOTNET_EnableAVX512=${DOTNET_EnableAVX512:-} DOTNET_EnableAVX2=${DOTNET_EnableAVX2:-} DOTNET_EnableHWIntrinsic=${DOTNET_EnableHWIntrinsic:-} expected=${MEDTUNE_EXPECTED_INSTRUCTION_SET:-}" >> "$root/modes"
            [ ! -f "$root/crash" ] && [ "${FAKE_FAILED:-0}" = 0 ] ;;
          *)
            echo "in $PWD"; shift; printf '<%s>' "$@"; exit "${FAKE_EXIT:-0}" ;;
        esac
        """;

    private static readonly string[] Tools =
        ["bash", "env", "dirname", "readlink", "find", "mkdir", "touch", "mv", "rm", "grep", "sort", "head", "tail", "cat", "sed", "uname", "flock"];

    private readonly TemporaryFolder _repository = new();
    private readonly TemporaryFolder _elsewhere = new();

    public LauncherTests()
    {
        _repository.Write("src/MedTune.Cli/A.cs", "");
        _repository.Write("src/MedTune.Cli/B.cs", "");
        _repository.Write("Directory.Build.props", "");
        _repository.Write("Directory.Packages.props", "");
        _repository.Write("global.json", "");
        File.Copy(Repository.PathOf("medtune"), _repository["medtune"]);
        File.Copy(Repository.PathOf("test"), _repository["test"]);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(_repository["bin"]);
        foreach (string tool in Tools)
        {
            string? found = new[] { "/usr/bin/", "/bin/" }.Select(folder => folder + tool).FirstOrDefault(File.Exists);
            if (found is not null)
            {
                File.CreateSymbolicLink(_repository["bin/" + tool], found);
            }
        }

        _repository.Write("bin/dotnet", Stand.Replace("@ROOT@", $"'{_repository.Path}'", StringComparison.Ordinal));
        File.SetUnixFileMode(_repository["bin/dotnet"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose()
    {
        _repository.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public void Medtune_NothingChanged_BuildsOnceAndPassesArgumentsOn()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // the launchers under test are Bash scripts
        }

        ChildProcess.Outcome first = Start("medtune", ["train", "a file.csv", ""]).Expect(0);
        ChildProcess.Outcome second = Start("medtune", ["predict"]).Expect(0);

        Assert.Contains("building", first.Error, StringComparison.Ordinal);
        Assert.Equal($"in {_elsewhere.Path}\n<train><a file.csv><>", first.Output);
        Assert.Equal("", second.Error);
        Assert.Equal(1, Builds());
    }

    [Fact]
    public void Medtune_ExitCode_IsTheProgramsOwn()
    {
        if (!OperatingSystem.IsWindows())
        {
            Start("medtune", ["train"], ("FAKE_EXIT", "3")).Expect(3);
        }
    }

    [Theory]
    [InlineData("src/MedTune.Cli/A.cs")]
    [InlineData("Directory.Packages.props")]
    public void Medtune_NewerFile_BuildsAgain(string changed)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Start("medtune", []).Expect(0);
        File.SetLastWriteTimeUtc(_repository[changed], File.GetLastWriteTimeUtc(_repository["artifacts/medtune.stamp"]).AddSeconds(1));
        Start("medtune", []).Expect(0);
        Assert.Equal(2, Builds());
    }

    [Fact]
    public void Medtune_RemovedFile_BuildsAgain()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Start("medtune", []).Expect(0);
        File.SetLastWriteTimeUtc(_repository["artifacts/medtune.stamp"], DateTime.UnixEpoch.AddYears(40));
        File.SetLastWriteTimeUtc(_repository["src/MedTune.Cli/A.cs"], DateTime.UnixEpoch.AddYears(39));
        foreach (string older in new[] { "src/MedTune.Cli/B.cs", "Directory.Build.props", "Directory.Packages.props", "global.json" })
        {
            File.SetLastWriteTimeUtc(_repository[older], DateTime.UnixEpoch.AddYears(39));
        }

        Directory.SetLastWriteTimeUtc(_repository["src"], DateTime.UnixEpoch.AddYears(39));
        Directory.SetLastWriteTimeUtc(_repository["src/MedTune.Cli"], DateTime.UnixEpoch.AddYears(39));
        Start("medtune", []).Expect(0);
        Assert.Equal(1, Builds());

        File.Delete(_repository["src/MedTune.Cli/B.cs"]);
        Start("medtune", []).Expect(0);
        Assert.Equal(2, Builds());
    }

    [Fact]
    public void Medtune_BrokenSource_SaysWhereAndEndsWithOne()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _repository.Write("broken", "");
        ChildProcess.Outcome outcome = Start("medtune", ["train"]).Expect(1);
        Assert.Contains("error CS1002", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("the build failed", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("", outcome.Output);
    }

    [Theory]
    [InlineData("medtune")]
    [InlineData("test")]
    public void Launcher_NoSdk_SaysWhatIsNeeded(string launcher)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.Delete(_repository["bin/dotnet"]);
        ChildProcess.Outcome outcome = Start(launcher, []).Expect(1);
        Assert.Contains(".NET SDK, version 10", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_AllModes_AddsUpAndEndsWithTheCounts()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        ChildProcess.Outcome outcome = Start("test", []).Expect(0);
        string[] modes = File.ReadAllLines(_repository["modes"]);

        Assert.Equal("25 passed, 0 failed", LastLine(outcome));
        Assert.Equal(5, modes.Length);
        Assert.Equal("DOTNET_EnableAVX512= DOTNET_EnableAVX2= DOTNET_EnableHWIntrinsic= expected=", modes[0]);
        Assert.StartsWith("DOTNET_EnableAVX512=0 DOTNET_EnableAVX2= DOTNET_EnableHWIntrinsic= expected=", modes[2], StringComparison.Ordinal);
        Assert.StartsWith("DOTNET_EnableAVX512= DOTNET_EnableAVX2=0 DOTNET_EnableHWIntrinsic= expected=", modes[3], StringComparison.Ordinal);
        Assert.Equal("DOTNET_EnableAVX512= DOTNET_EnableAVX2= DOTNET_EnableHWIntrinsic=0 expected=Scalar", modes[4]);
    }

    [Theory]
    [InlineData("--fast", "10 passed, 0 failed")]
    [InlineData("Tensors", "10 passed, 0 failed")]
    public void Test_Part_RunsNoModes(string argument, string last)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(last, LastLine(Start("test", [argument]).Expect(0)));
        }
    }

    [Fact]
    public void Test_FailedTests_AreCountedAndEndWithOne()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("8 passed, 2 failed", LastLine(Start("test", ["--fast"], ("FAKE_PASSED", "4"), ("FAKE_FAILED", "1")).Expect(1)));
        }
    }

    [Fact]
    public void Test_CrashWithoutResults_CountsAsAFailure()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _repository.Write("crash", "");
        Assert.Equal("0 passed, 2 failed", LastLine(Start("test", ["--fast"]).Expect(1)));
    }

    [Fact]
    public void Test_BrokenSource_CountsAsAFailure()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _repository.Write("broken", "");
        Assert.Equal("0 passed, 1 failed", LastLine(Start("test", []).Expect(1)));
    }

    private static string LastLine(ChildProcess.Outcome outcome) => outcome.Output.TrimEnd('\n').Split('\n')[^1];

    private int Builds() => File.ReadAllLines(_repository["calls"]).Count(line => line.StartsWith("build", StringComparison.Ordinal));

    private ChildProcess.Outcome Start(string launcher, string[] arguments, params (string Name, string Value)[] variables)
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal) { ["PATH"] = _repository["bin"] };
        foreach ((string name, string value) in variables)
        {
            environment[name] = value;
        }

        return ChildProcess.Run(_repository["bin/bash"], [_repository[launcher], .. arguments], _elsewhere.Path, environment, TimeSpan.FromMinutes(1));
    }
}
