using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MedTune.Cli;
using MedTune.Tests.Cli.BrokenInputs;
using MedTune.Tests.House;
using Xunit.Abstractions;

namespace MedTune.Tests.Cli;

/// <summary>
/// Every registered broken input ends as it must: the right exit code, one sentence, in time, nothing left behind, no patient's value told.
/// The outcomes are a committed table, so that a changed sentence is seen.
/// </summary>
public sealed partial class BrokenInputTests(BrokenInputRun finished, ITestOutputHelper output) : IClassFixture<BrokenInputRun>
{
    private const string Table = "tests/TestData/Cli/broken-inputs.md";
    private const string Switch = "MEDTUNE_WRITE_BROKEN_INPUTS";
    private const int LongestSentence = 900;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "MedTune.Cli.dll");

    public static TheoryData<string> Families() => new(BrokenInputFamilies.All.Select(family => family.Name));

    [Fact]
    public void Families_Registered_HoldAtLeastTwoHundredCases()
    {
        Assert.True(BrokenInputFamilies.All.Sum(family => family.Cases.Count) >= 200);
        Assert.All(BrokenInputFamilies.All, family => Assert.Equal(family.Cases.Count, family.Cases.Select(input => input.Name).Distinct().Count()));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Family_EveryCase_EndsAsItMust(string family)
    {
        var section = new StringBuilder($"## {family}\n\n| broken input | exit code | what is said |\n|---|---|---|\n");
        var wrong = new List<string>();
        foreach (BrokenInput input in BrokenInputFamilies.All.Single(entry => entry.Name == family).Cases)
        {
            long started = Stopwatch.GetTimestamp();
            try
            {
                (ExitCode code, string said) = await Try(input);
                section.Append(CultureInfo.InvariantCulture, $"| {Cell(input.Name)} | {(int)code} | {Cell(said)} |\n");
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                wrong.Add($"{input.Name}: {exception.Message}");
            }

            TimeSpan taken = Stopwatch.GetElapsedTime(started);
            if (taken > TimeSpan.FromSeconds(1.5))
            {
                output.WriteLine($"{taken.TotalSeconds:0.0} s: {input.Name}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join('\n', wrong)}");
        Approve(family, section.ToString());
    }

    /// <summary>Fails where a text holds what a terminal would carry out, or what turns a line around.</summary>
    internal static void AssertPrintable(string text)
    {
        foreach (char letter in text)
        {
            bool isHarmful = (char.IsControl(letter) && letter is not ('\n' or '\t')) || letter is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f';
            Assert.False(isHarmful, string.Create(CultureInfo.InvariantCulture, $"U+{(int)letter:X4} reached the terminal: {text}"));
        }
    }

    private async Task<(ExitCode Code, string Said)> Try(BrokenInput input)
    {
        using var temporary = new TemporaryFolder();
        var folder = new BrokenFolder(temporary.Path, finished.Folder);
        input.Prepare(folder);
        SortedDictionary<string, string> before = folder.Snapshot();
        string[] arguments = [.. input.Arguments.Select(folder.Argument)];
        ProgramRun run = input.IsProcess ? RunProcess(input, folder, arguments) : await ProgramRun.OfAsync(arguments).WaitAsync(Limit);
        Assert.True(run.Code == input.Code || run.Code == input.Or, $"exit code {(int)run.Code}, expected {(int)input.Code}: {run.Error.TrimEnd()}");
        foreach ((string entry, string digest) in folder.Snapshot())
        {
            bool isMeant = run.Code == ExitCode.Done && input.Leaves.Any(name => entry == name || entry.StartsWith(name + Path.DirectorySeparatorChar, StringComparison.Ordinal));
            Assert.True(isMeant || before.ContainsKey(entry), $"left behind: {entry}");
            Assert.True(isMeant || before[entry] == digest, $"changed: {entry}");
            Assert.False(entry.EndsWith(".tmp", StringComparison.Ordinal) || entry.EndsWith(".partial", StringComparison.Ordinal), $"half written: {entry}");
            before.Remove(entry);
        }

        Assert.True(before.Count == 0, $"gone: {string.Join(", ", before.Keys)}");
        string said = run.Code is ExitCode.Done or ExitCode.VerificationDiffers ? Quiet(run) : Sentence(run);
        input.Check?.Invoke(folder, run);
        return (run.Code, Named(Named(said, temporary.Path), Path.GetDirectoryName(finished.Folder)!));
    }

    private static string Quiet(ProgramRun run)
    {
        AssertPrintable(run.Output + run.Error);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        return run.Code == ExitCode.Done ? "(taken)" : "(the comparison, on standard output)";
    }

    private static string Sentence(ProgramRun run)
    {
        string said = run.Refusal(run.Code);
        AssertPrintable(said);
        Assert.DoesNotContain(BrokenFolder.Canary, run.Error + run.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch(TypeName(), said);
        Assert.True(said.Length <= LongestSentence, $"{said.Length} letters: {said}");
        Assert.True(said.EndsWith('.') || said.EndsWith('?') || said.EndsWith(".)", StringComparison.Ordinal), $"no sentence: {said}");
        Assert.True(run.Output.Length == 0 || run.Output.StartsWith("{\n  \"error\"", StringComparison.Ordinal), $"standard output: {run.Output}");
        return said["medtune: ".Length..];
    }

    private ProgramRun RunProcess(BrokenInput input, BrokenFolder folder, string[] arguments)
    {
        var variables = new Dictionary<string, string>
        {
            ["MEDTUNE_DATA"] = finished.Folder + "-ledger",
            ["DOTNET_GCHeapHardLimit"] = "0x20000000",
        };
        foreach ((string name, string value) in input.Variables)
        {
            variables[name] = Path.IsPathRooted(value) ? value : folder[value];
        }

        ChildProcess.Outcome outcome = ChildProcess.Run("dotnet", [Program, .. arguments], folder.Path, variables, Limit);
        string error = string.Concat(outcome.Error.Split('\n').Where(line => !line.StartsWith("training: ", StringComparison.Ordinal)).Select(line => line.Length == 0 ? "" : line + "\n"));
        return new ProgramRun((ExitCode)outcome.ExitCode, outcome.Output, error);
    }

    private static string Named(string said, string path) => said.Replace(path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(path, ".", StringComparison.Ordinal);

    private static string Cell(string text) => Shortened(text).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Shortened(string text) => Long().Replace(text, match => match.Value[..20] + "...");

    private void Approve(string family, string section)
    {
        string path = Repository.PathOf(Table);
        string all = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        string[] sections = [.. BrokenInputFamilies.All.Select(entry => entry.Name == family ? section : SectionOf(all, entry.Name))];
        string expected = Head() + string.Join('\n', sections.Where(part => part.Length > 0));
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        Assert.True(SectionOf(all, family) == section || Environment.GetEnvironmentVariable(Switch) == "1",
            $"{Table} is not what is said now; if the change is meant, run {Switch}=1 ./test BrokenInputs and commit it.\n{section}");
    }

    private static string Head() =>
        "# Broken inputs\n\n"
        + "Written by `BrokenInputTests` (MEDTUNE_WRITE_BROKEN_INPUTS=1 ./test BrokenInputs) from the cases in `tests/MedTune.Tests/Cli/BrokenInputs`. "
        + "Each is typed into the real program: one sentence, nothing left behind, no patient's value told. \"(taken)\" is input that is odd and harmless.\n\n";

    private static string SectionOf(string all, string family)
    {
        int start = all.IndexOf($"## {family}\n", StringComparison.Ordinal);
        if (start < 0)
        {
            return "";
        }

        int end = all.IndexOf("\n## ", start, StringComparison.Ordinal);
        return end < 0 ? all[start..] : all[start..end];
    }

    [GeneratedRegex(@"\b(System|MedTune)\.[A-Z]|[a-z]Exception\b|\bNull[A-Z]")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"[^ '|]{120,}")]
    private static partial Regex Long();
}
