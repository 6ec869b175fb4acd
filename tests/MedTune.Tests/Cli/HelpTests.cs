using System.CommandLine;
using System.CommandLine.Parsing;
using MedTune.Cli;
using MedTune.Cli.Help;
using MedTune.Cli.Output;
using MedTune.Cli.Verbs;

namespace MedTune.Tests.Cli;

public sealed class HelpTests
{
    private static Screen Silent => new(TextWriter.Null, TextWriter.Null, ScreenSettings.Redirected);

    public static TheoryData<string> VerbNames() => [.. Application.AllVerbs().Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(VerbNames))]
    public async Task Help_OfAVerb_TeachesByExampleWithinTheWidth(string verb)
    {
        ProgramRun run = (await ProgramRun.OfAsync(verb, "--help")).Expect(ExitCode.Done);
        Assert.Contains("Examples:", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Usage:\n  medtune {verb}", run.Output, StringComparison.Ordinal);
        Assert.Contains("--json", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.True(DisplayWidth.Of(line) <= Screen.MaximumWidth, line));
        Assert.Equal("", run.Error);
    }

    [Theory]
    [MemberData(nameof(VerbNames))]
    public void Examples_OfAVerb_Parse(string name)
    {
        Verb verb = Application.AllVerbs().Single(candidate => candidate.Name == name);
        Assert.InRange(verb.Examples.Length, 2, 4);
        foreach (Example example in verb.Examples)
        {
            string[] words = [.. Words(example.Line)];
            Assert.Equal(["medtune", name], words[..2]);
            ParseResult parsed = Application.Parse(Application.CreateRoot(Silent), words[1..]);
            Assert.True(parsed.Errors.Count == 0, example.Line);
        }
    }

    [Fact]
    public void EveryOptionAndArgument_IsDescribed()
    {
        RootCommand root = Application.CreateRoot(Silent);
        foreach (Command command in root.Subcommands)
        {
            Assert.All(command.Options, option => Assert.False(string.IsNullOrEmpty(option.Description), $"{command.Name} {option.Name}"));
            Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrEmpty(argument.Description), $"{command.Name} {argument.Name}"));
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_OfTheProgram_ListsTheVerbs(params string[] arguments)
    {
        ProgramRun run = (await ProgramRun.OfAsync(arguments)).Expect(ExitCode.Done);
        foreach (Verb verb in Application.AllVerbs())
        {
            Assert.Contains($"\n  {verb.Name} ", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Version_IsTheAssembly()
    {
        ProgramRun run = (await ProgramRun.OfAsync("--version")).Expect(ExitCode.Done);
        Assert.Equal($"medtune {Application.Version}\n", run.Output);
    }

    // Single quotes are the shell's, which the library's splitter does not know.
    private static IEnumerable<string> Words(string line) =>
        CommandLineParser.SplitCommandLine(line.Replace('\'', '"'));
}
