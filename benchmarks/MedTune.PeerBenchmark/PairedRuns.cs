using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MedTune.PeerBenchmark;

/// <summary>Peer and MedTune in turn, each fit in a process of its own; what counts is the ratio within a pair, for the machine may be busy.</summary>
internal static class PairedRuns
{
    private const string Script = "benchmarks/peers/fit_diabetes130.py";

    public static int Run(PeerArguments arguments, string folder)
    {
        Console.WriteLine($"Processor: {ProcessorName()}, {Environment.ProcessorCount} cores visible; {arguments.Threads} thread(s) on either side.\n");
        foreach (string kind in arguments.Kinds)
        {
            int pairs = kind == OwnFit.Logistic ? arguments.SlowPairs : arguments.Pairs;
            var peers = new List<FitFigures>();
            var own = new List<FitFigures>();
            for (int pair = 0; pair < pairs; pair++)
            {
                // The order changes from pair to pair, so that a growing load favours neither.
                for (int turn = 0; turn < 2; turn++)
                {
                    bool isPeer = (pair + turn) % 2 == 0;
                    (isPeer ? peers : own).Add(isPeer ? Peer(kind, folder, arguments) : Own(kind, folder, arguments));
                }

                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{kind}, pair {pair + 1} of {pairs}: {peers[^1].FitSeconds:F2} s and {own[^1].FitSeconds:F2} s"));
            }

            Print(kind, peers, own);
        }

        return 0;
    }

    private static void Print(string kind, List<FitFigures> peers, List<FitFigures> own)
    {
        Console.WriteLine($"**{kind}**, {peers.Count} pairs, medians\n");
        Console.WriteLine("| | fit seconds | read seconds | log-loss | AUROC | peak memory, MB | |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var figures in new[] { peers, own })
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {figures[0].Tool} | {Median(figures, f => f.FitSeconds):F2} | {Median(figures, f => f.ReadSeconds):F2} | {Median(figures, f => f.LogLoss):F5} | {Median(figures, f => f.Auroc):F5} | {Median(figures, f => f.PeakMegabytes):F0} | {figures[0].Note} |"));
        }

        double[] ratios = [.. peers.Zip(own, (peer, mine) => peer.FitSeconds / mine.FitSeconds).Order()];
        double memory = Median(peers, f => f.PeakMegabytes) / Median(own, f => f.PeakMegabytes);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nSeconds of the peer over ours, pair by pair: median {Middle(ratios):F2} (from {ratios[0]:F2} to {ratios[^1]:F2}). Peak memory of the peer over ours: {memory:F2}.\n"));
    }

    private static FitFigures Peer(string kind, string folder, PeerArguments arguments) =>
        Started(arguments.Python, [Path.Combine(Repository(), Script), kind, folder, Text(arguments.Threads)], arguments.Threads);

    private static FitFigures Own(string kind, string folder, PeerArguments arguments) =>
        Started(Environment.ProcessPath!, ["--fit", kind, "--data", folder, "--threads", Text(arguments.Threads)], arguments.Threads);

    private static FitFigures Started(string program, string[] arguments, int threads)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (string library in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"])
        {
            start.Environment[library] = Text(threads);
        }

        using var process = Process.Start(start)!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<FitFigures>(answer)!
            : throw new InvalidOperationException($"{Path.GetFileName(program)} ended with exit code {process.ExitCode}.");
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, Script)))
        {
            folder = folder.Parent ?? throw new FileNotFoundException($"{Script} was not found above the program.");
        }

        return folder.FullName;
    }

    private static string ProcessorName()
    {
        const string File = "/proc/cpuinfo";
        string? line = System.IO.File.Exists(File)
            ? System.IO.File.ReadLines(File).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':')[1].Trim() ?? "unknown";
    }

    private static double Median(List<FitFigures> figures, Func<FitFigures, double> of) => Middle([.. figures.Select(of).Order()]);

    private static double Middle(double[] sorted) => 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
