using System.Diagnostics;

namespace MedTune.Tests.House;

/// <summary>Runs a program as a person would and keeps what it said.</summary>
internal static class ChildProcess
{
    public static Outcome Run(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string>? variables = null,
        TimeSpan? limit = null,
        string input = "")
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test host's own settings must not reach a program that a person would start from a fresh shell.
        foreach (string name in start.Environment.Keys.ToArray())
        {
            if (name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase))
            {
                start.Environment.Remove(name);
            }
        }

        foreach ((string name, string value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input; its exit code and words say why.
        }

        if (!process.WaitForExit(limit ?? TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end in time.");
        }

        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    internal sealed record Outcome(int ExitCode, string Output, string Error)
    {
        /// <summary>Fails with everything the program said unless it ended with <paramref name="exitCode"/>.</summary>
        public Outcome Expect(int exitCode)
        {
            Assert.True(ExitCode == exitCode, $"Exit code {ExitCode}, expected {exitCode}.{Environment.NewLine}{Output}{Environment.NewLine}{Error}");
            return this;
        }
    }
}
