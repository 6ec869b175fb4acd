using System.Text.Json;
using MedTune.PeerBenchmark;
using MedTune.TabularBenchmark;

if (PeerArguments.Read(args) is not { } arguments)
{
    Console.Error.WriteLine(PeerArguments.Usage);
    return 2;
}

if ((arguments.Data ?? DataFolder.Find()) is not { } folder)
{
    Console.Error.WriteLine("The folder shared/data/tabular was not found beside the repository; name it with --data.");
    return 3;
}

if (arguments.Fit is { } kind)
{
    Console.WriteLine(JsonSerializer.Serialize(OwnFit.Run(kind, folder, arguments.Threads)));
    return 0;
}

return PairedRuns.Run(arguments, folder);
