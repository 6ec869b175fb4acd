using MedTune.Cli;
using MedTune.Tests.Cli.BrokenInputs;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

/// <summary>The finished run that broken inputs are copies of; trained once.</summary>
public sealed class BrokenInputRun : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal string Folder => _folder["run"];

    public async Task InitializeAsync()
    {
        string data = _folder.Write("good.csv", BrokenFolder.Patients());
        ProgramRun run = await ProgramRun.OfAsync("train", data, "--target", "died", "--model", "logistic", "--seed", "1", "--threads", "1", "--out", Folder);
        run.Expect(ExitCode.Done);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
