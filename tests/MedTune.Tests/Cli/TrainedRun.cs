using System.Globalization;
using System.Text;
using MedTune.Tests.House;

namespace MedTune.Tests.Cli;

/// <summary>A small run that several tests look at; trained once.</summary>
public sealed class TrainedRun : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal ProgramRun Training { get; private set; } = null!;

    internal string Data => _folder["patients.csv"];

    internal string Others => _folder["others.csv"];

    internal string Folder => _folder["run"];

    internal string Model => _folder["run/model.onnx"];

    internal string this[string name] => _folder[name];

    public async Task InitializeAsync()
    {
        _folder.Write("patients.csv", Patients(0, 160));
        _folder.Write("others.csv", Patients(1000, 60));
        Training = await ProgramRun.OfAsync("train", Data, "--target", "died", "--drop", "mrn", "--model", "logistic", "--seed", "3", "--threads", "1", "--out", Folder);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    /// <summary>Patients whose risk grows with age and is higher for smokers, from a fixed congruential sequence.</summary>
    internal static string Patients(int start, int count)
    {
        var text = new StringBuilder("mrn,age,smoker,pressure,died\n");
        for (int i = start; i < start + count; i++)
        {
            int age = 30 + (i * 37 % 51);
            bool smokes = i * 11 % 3 == 0;
            int chance = i * 7919 % 100;
            bool died = chance < age - 25 + (smokes ? 20 : 0);
            text.Append(CultureInfo.InvariantCulture, $"P{i},{age},{(smokes ? "yes" : "no")},{110 + (i * 29 % 60)}.{i % 997:000},{(died ? 1 : 0)}\n");
        }

        return text.ToString();
    }
}
