using System.Globalization;
using System.Text.Json.Nodes;
using MedTune.Cli;
using MedTune.Cli.Output;

namespace MedTune.Tests.Cli;

/// <summary>The program run inside the test process, with both streams redirected.</summary>
internal sealed record ProgramRun(ExitCode Code, string Output, string Error)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    public static Task<ProgramRun> OfAsync(params string[] arguments) => OfAsync(ScreenSettings.Redirected, default, arguments);

    public static async Task<ProgramRun> OfAsync(ScreenSettings settings, CancellationToken cancellation, params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        ExitCode code = await Application.RunAsync(arguments, new Screen(output, error, settings), cancellation);
        return new ProgramRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Fails with everything that was said unless the run ended with this code.</summary>
    public ProgramRun Expect(ExitCode code)
    {
        Assert.True(Code == code, $"Exit code {(int)Code}, expected {(int)code}.\n{Output}\n{Error}");
        return this;
    }

    /// <summary>The refusal, which must be one line without a stack trace.</summary>
    public string Refusal(ExitCode code)
    {
        Expect(code);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        string line = Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("medtune: ", line, StringComparison.Ordinal);
        return line;
    }
}
