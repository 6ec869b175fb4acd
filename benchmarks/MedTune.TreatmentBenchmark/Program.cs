using System.Diagnostics;
using System.Globalization;
using MedTune.Tensors;
using MedTune.TreatmentBenchmark;

if (BenchmarkArguments.Read(args) is not { } arguments)
{
    Console.Error.WriteLine(BenchmarkArguments.Usage);
    return 2;
}

if ((arguments.Data ?? SharedFiles.Find()) is not { } folder)
{
    Console.Error.WriteLine("The folder shared/data/treatment was not found beside the repository; name it with --data.");
    return 3;
}

var watch = Stopwatch.StartNew();
var files = new SharedFiles(folder);
using var pool = new TaskPool(arguments.Threads);
foreach (string set in arguments.Sets)
{
    switch (set)
    {
        case "ihdp":
            IhdpBenchmark.Run(files, arguments, pool);
            break;
        case "synth":
            OverlapBenchmark.Run(files, arguments, pool);
            break;
        case "actg175":
            TrialsBenchmark.Run(TrialQuestion.OfActg(files), arguments, pool);
            break;
        case "ist":
            TrialsBenchmark.Run(TrialQuestion.OfIst(files), arguments, pool);
            break;
        default:
            Console.Error.WriteLine($"There is no set '{set}'. {BenchmarkArguments.Usage}");
            return 2;
    }

    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set}: {watch.Elapsed.TotalMinutes:F1} minutes, processor {Environment.CpuUsage.TotalTime.TotalMinutes:F1} minutes"));
}

return 0;
