using System.Diagnostics;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Benchmarks;

/// <summary>Training steps and inference of whole networks: seconds, and where they go.</summary>
internal static class NetworkBenchmark
{
    /// <param name="arguments">train or infer, network, pixels, batch, threads, runs.</param>
    public static void Run(ReadOnlySpan<string> arguments)
    {
        string[] given = arguments.ToArray();
        string Argument(int index, string otherwise) => index < given.Length ? given[index] : otherwise;
        int Number(int index, string otherwise) => int.Parse(Argument(index, otherwise), CultureInfo.InvariantCulture);
        (bool trains, int pixels, int batch) = (Argument(0, "train") == "train", Number(2, "224"), Number(3, "16"));
        var network = Network(Argument(1, "resnet18"), pixels);
        using var pool = new TaskPool(Number(4, "2"));
        int runs = Number(5, "5");
        Console.WriteLine($"{(trains ? "Training" : "Inference")} of {network.Name}, {pixels} pixels, batch {batch}, {pool.Threads} threads, {InstructionSets.Active}.");
        if (trains)
        {
            Train(network, batch, pool, runs);
        }
        else
        {
            Infer(network, batch, pool, runs);
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory {process.PeakWorkingSet64 / 1e6:F0} MB"));
    }

    private static Architecture Network(string name, int pixels) => name switch
    {
        "resnet18" => ResNet.Build(18, ImageNetworkOptions.Of(pixels, 1000), pixels < 100),
        "resnet50" => ResNet.Build(50, ImageNetworkOptions.Of(pixels, 1000)),
        "mobilenetv2" => MobileNetV2.Build(ImageNetworkOptions.Of(pixels, 1000)),
        "vit-small" => VisionTransformer.Build(VisionTransformerOptions.Small, ImageNetworkOptions.Of(pixels, 1000)),
        "densenet121" => DenseNet.Build(ImageNetworkOptions.Of(pixels, 1000)),
        _ => throw new ArgumentException($"There is no network '{name}' in this benchmark: resnet18, resnet50, mobilenetv2, vit-small or densenet121.", nameof(name)),
    };

    private static void Train(Architecture network, int batch, TaskPool pool, int runs)
    {
        using var trainer = new NetworkTrainer(network.Graph, Architecture.Logits, new CrossEntropy(), network.Parameters, batch, pool: pool);
        new Philox(1, RandomPurpose.Search, 0).FillUniform(0, trainer.Input<float>("image"));
        Report(() => trainer.Step(0.01f), runs, trainer.Plan);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"arena {trainer.ArenaBytes / 1e6:F0} MB"));
    }

    private static void Infer(Architecture network, int batch, TaskPool pool, int runs)
    {
        using var plan = ExecutionPlan.Compile(network.Graph, new PlanOptions { Pool = pool }.WithBatch(batch));
        new Philox(1, RandomPurpose.Search, 0).FillUniform(0, plan.Input<float>("image"));
        Report(plan.Run, runs, plan);
    }

    private static void Report(Action run, int runs, ExecutionPlan plan)
    {
        run();
        run();
        double[] seconds = new double[runs];
        double[] cpu = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            (seconds[i], cpu[i]) = Measure.SecondsAndCpu(run);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {1e3 * Measure.Median(seconds):F1} ms, best {1e3 * seconds.Min():F1} ms, CPU {1e3 * Measure.Median(cpu):F1} ms"));
        long[] ticks = new long[plan.StepNodes.Length];
        plan.Profile(ticks);
        plan.Profile(ticks);
        double all = ticks.Sum();
        var rows = plan.StepNodes.Select((node, i) => (node.OpType, Ticks: ticks[i])).GroupBy(step => step.OpType)
            .Select(group => (Name: group.Key, Count: group.Count(), Ticks: (double)group.Sum(step => step.Ticks))).OrderByDescending(row => row.Ticks).Take(16);
        foreach (var (name, count, time) in rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {count,4} {time / Stopwatch.Frequency * 500,9:F2} ms {100 * time / all,6:F1} %"));
        }
    }
}
