using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MedTune.TabularBenchmark;

if (BenchmarkArguments.Read(args) is not { } arguments)
{
    Console.Error.WriteLine(BenchmarkArguments.Usage);
    return 2;
}

if ((arguments.Data ?? DataFolder.Find()) is not { } folder)
{
    Console.Error.WriteLine("The folder shared/data/tabular was not found beside the repository; name it with --data.");
    return 3;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var watch = Stopwatch.StartNew();
var baselines = Baselines.Read(Path.Combine(folder, "baselines.md"));
var entries = TaskEntry.ReadAll(folder);
var chosen = entries.Where(entry => arguments.Tasks.Length == 0 || arguments.Tasks.Contains(entry.Name))
    .Where(entry => !arguments.SkipLarge || new FileInfo(entry.File).Length < 3_000_000 && !entry.File.EndsWith(".gz", StringComparison.Ordinal));
var tasks = arguments.SkipTasks ? [] : await TasksBenchmark.RunAsync(chosen, arguments, stop.Token);
var transfer = arguments.SkipTransfer ? null : await TransferBenchmark.RunAsync(entries, folder, arguments, stop.Token);
if (arguments.Json)
{
    Console.WriteLine(JsonSerializer.Serialize(new
    {
        tasks = tasks.Select(task => new { task.Name, task.Folds, task.Mean, task.Seconds, task.ModelKind, task.Candidates }),
        transfer = transfer?.Cells,
    }, new JsonSerializerOptions { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals }));
    return 0;
}

Console.WriteLine($"Command: `dotnet run -c Release --project benchmarks/MedTune.TabularBenchmark -- {string.Join(' ', args.Where(arg => arg != arguments.Data && arg != "--data"))}`\n");
if (tasks.Count > 0)
{
    TasksBenchmark.Print(tasks, baselines, Console.Out);
}

if (transfer is not null)
{
    TransferReport.Print(transfer, baselines, Console.Out);
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalMinutes:F1} minutes on {arguments.Threads} threads."));
return 0;
