using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace MedTune.Tests.House;

/// <summary>What the documents say is so: links lead somewhere, samples run, the Chinese page shows the same commands.</summary>
public sealed partial class DocumentTests(ITestOutputHelper output)
{
    private static readonly string[] Verbs = ["inspect", "train", "resume", "evaluate", "predict", "explain", "export", "verify", "models", "pretrain", "demo"];

    [Fact]
    public void Links_LeadToFilesOfTheRepository()
    {
        HashSet<string> known = [.. Repository.Files];
        List<string> broken = [];
        foreach (string document in Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)))
        {
            foreach (Match link in Link().Matches(WithoutCode(Repository.Read(document))))
            {
                string target = link.Groups["target"].Value.Split('#')[0].TrimEnd('/');
                string folder = Path.GetDirectoryName(document)!.Replace('\\', '/');
                string path = Path.GetRelativePath(Repository.Root, Path.Combine(Repository.Root, folder, target)).Replace('\\', '/');
                if (target.Length > 0 && !known.Contains(path) && !known.Any(file => file.StartsWith(path + "/", StringComparison.Ordinal)))
                {
                    broken.Add($"{document}: {target}");
                }
            }
        }

        HouseRule.Holds("A link in a document leads to no file:", broken);
    }

    [Fact]
    public void ChineseReadme_HasTheSameSamples()
    {
        foreach (string name in new[] { "commands", "library", "command line" })
        {
            Assert.Equal(Sample("README.md", name), Sample("README.zh-CN.md", name));
        }
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void Readme_VerbTable_ListsEveryVerb(string document)
    {
        IEnumerable<string> listed = VerbRow().Matches(Repository.Read(document)).Select(match => match.Groups["verb"].Value);
        Assert.Equal(Verbs.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Readme_Samples_AreTenLinesAtMost()
    {
        Assert.InRange(Sample("README.md", "library").Split('\n').Count(line => line.Trim().Length > 0), 1, 10);
        Assert.InRange(Sample("README.md", "command line").Split('\n').Count(line => line.Trim().Length > 0), 1, 10);
    }

    [Fact]
    public void Readme_LibrarySample_Runs()
    {
        if (Type.GetType("MedTune.Experiment, MedTune") is null)
        {
            output.WriteLine("Left out: MedTune has no Experiment yet.");
            return;
        }

        using TemporaryFolder folder = new();
        Directory.CreateSymbolicLink(folder["samples"], Repository.PathOf("samples"));
        string[] libraries = ["MedTune", "MedTune.Data", "MedTune.Prediction", "MedTune.Evaluation"];
        string references = string.Concat(libraries.Select(name =>
            $"<Reference Include=\"{name}\"><HintPath>{Path.Combine(AppContext.BaseDirectory, name + ".dll")}</HintPath></Reference>"));
        folder.Write("sample/Sample.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>{references}</ItemGroup>
            </Project>
            """);
        folder.Write("sample/Program.cs", Sample("README.md", "library"));
        ChildProcess.Outcome outcome = ChildProcess.Run("dotnet", ["run", "--project", "sample", "-c", "Release"], folder.Path).Expect(0);

        output.WriteLine(outcome.Output);
        Assert.Matches(Interval(), outcome.Output);
        Assert.NotEmpty(Directory.GetFiles(folder.Path, "*.onnx"));
    }

    [Fact]
    public void CommandLineSamples_Run()
    {
        if (OperatingSystem.IsWindows() || !Run("./medtune --help").Output.Contains("train", StringComparison.Ordinal))
        {
            output.WriteLine("Left out: the samples are for Bash and need the verbs of the command line.");
            return;
        }

        foreach (string document in new[] { "README.md" }.Concat(Repository.Files.Where(file => file.StartsWith("samples/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal))))
        {
            if (Samples(document).TryGetValue("command line", out string? commands))
            {
                output.WriteLine($"{document}:{Environment.NewLine}{Run(commands).Expect(0).Output}");
            }
        }
    }

    [Fact]
    public void Help_ListsTheVerbsOfTheReadme()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // ./medtune is a Bash script
        }

        string help = Run("./medtune --help").Output;
        if (!help.Contains("train", StringComparison.Ordinal))
        {
            output.WriteLine("Left out: the command line has no verbs yet.");
            return;
        }

        HouseRule.Holds("The verb table of README.md lists what ./medtune --help does not:",
            Verbs.Where(verb => !Regex.IsMatch(help, $@"^\s*{verb}\b", RegexOptions.Multiline)));
    }

    private static ChildProcess.Outcome Run(string commands)
    {
        using TemporaryFolder folder = new();
        File.CreateSymbolicLink(folder["medtune"], Repository.PathOf("medtune"));
        Directory.CreateSymbolicLink(folder["samples"], Repository.PathOf("samples"));
        folder.Write("sample.sh", commands);
        return ChildProcess.Run("bash", ["-eu", "sample.sh"], folder.Path, limit: TimeSpan.FromMinutes(8));
    }

    private static string Sample(string document, string name) => Samples(document)[name];

    /// <summary>Code blocks that a comment names: <c>&lt;!-- sample: NAME --&gt;</c> on the line before the fence.</summary>
    private static Dictionary<string, string> Samples(string document) => NamedBlock().Matches(Repository.Read(document).ReplaceLineEndings("\n"))
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["code"].Value, StringComparer.Ordinal);

    private static string WithoutCode(string markdown) => Code().Replace(markdown.ReplaceLineEndings("\n"), "");

    [GeneratedRegex(@"\]\((?<target>(?!https?:|mailto:)[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"<!-- sample: (?<name>[^>]+?) -->\n```[a-z]*\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedBlock();

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\| `(?<verb>[a-z]+)(?: [^`]*)?` \|", RegexOptions.Multiline)]
    private static partial Regex VerbRow();

    [GeneratedRegex(@"0\.\d+ \(0\.\d+ to [01]\.\d+\)")]
    private static partial Regex Interval();
}
