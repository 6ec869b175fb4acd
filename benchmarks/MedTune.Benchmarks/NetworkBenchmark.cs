using System.Diagnostics;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Graphs.Files;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Benchmarks;

/// <summary>Training steps and inference of whole networks: seconds, and where they go.</summary>
internal static class NetworkBenchmark
{
    /// <param name="arguments">
    /// profile|nodes|serve train|infer|frozen|kept NETWORK PIXELS BATCH THREADS, where an ONNX file may stand for the network of an inference; or write NETWORK PIXELS
    /// FILE. frozen and kept train the last linear layer only: on samples never seen before, and on samples seen before.
    /// </param>
    public static void Run(ReadOnlySpan<string> arguments)
    {
        string[] given = arguments.ToArray();
        string Argument(int index, string otherwise) => index < given.Length ? given[index] : otherwise;
        int Number(int index, string otherwise) => int.Parse(Argument(index, otherwise), CultureInfo.InvariantCulture);
        if (Argument(0, "profile") == "write")
        {
            OnnxFile.Write(Network(Argument(1, "resnet18"), Number(2, "224")).Graph, Argument(3, "network.onnx"));
            return;
        }

        (string answers, bool trains) = (Argument(0, "profile"), Argument(1, "train") == "train");
        (string name, int pixels, int batch) = (Argument(2, "resnet18"), Number(3, "224"), Number(4, "16"));
        using var pool = new TaskPool(Number(5, "2"));
        if (trains)
        {
            var network = Network(name, pixels);
            using var trainer = new NetworkTrainer(network.Graph, Architecture.Logits, new CrossEntropy(), network.Parameters, batch, pool: pool);
            new Philox(1, RandomPurpose.Search, 0).FillUniform(0, trainer.Input<float>(network.Graph.Inputs[0].Name));
            Answer(() => trainer.Step(0.01f), answers, trainer.Plan);
        }
        else if (Argument(1, "train") is "frozen" or "kept")
        {
            ServeFrozen(Network(name, pixels), batch, pool, Argument(1, "frozen") == "kept");
        }
        else
        {
            var graph = File.Exists(name) ? OnnxFile.Read(name) : Network(name, pixels).Graph;
            var options = new PlanOptions { Pool = pool };
            foreach (string symbol in graph.Inputs.SelectMany(input => input.Type.Dimensions.Select((dimension, axis) => dimension.Value is null ? dimension.Symbol ?? $"{input.Name}:{axis}" : "")).Where(symbol => symbol.Length > 0))
            {
                options = options with { Dimensions = options.Dimensions.SetItem(symbol, batch) };
            }

            using var plan = ExecutionPlan.Compile(graph, options);
            new Philox(1, RandomPurpose.Search, 0).FillUniform(0, plan.Input<float>(graph.Inputs[0].Name));
            Answer(plan.Run, answers, plan);
        }
    }

    /// <summary>Steps of the head alone, in front of which everything is frozen.</summary>
    private static void ServeFrozen(Architecture network, int batch, TaskPool pool, bool isKept)
    {
        float[] images = new float[batch * network.Graph.Inputs[0].Type.Dimensions.Skip(1).Aggregate(1, (length, extent) => length * extent.Value!.Value)];
        new Philox(1, RandomPurpose.Search, 0).FillUniform(0, images);
        const int Samples = 1 << 16;
        string[] head = [.. network.Parameters.TakeLast(2)];
        using var trainer = new FrozenPrefixTrainer(network.Graph, Architecture.Logits, new CrossEntropy(), head, batch, Samples, Read, pool: pool);
        void Read(int sample, SampleInputs inputs)
        {
            var image = inputs.Of<float>("image");
            images.AsSpan(sample % batch * image.Length, image.Length).CopyTo(image);

            // Every sample is another one.
            image[0] = sample;
        }

        int[] numbers = [.. Enumerable.Range(0, batch)];
        Answer(Step, "serve", null);
        void Step()
        {
            trainer.Step(numbers, 0.01f);
            for (int i = 0; i < batch && !isKept; i++)
            {
                numbers[i] += batch;
            }
        }
    }

    /// <summary>A profile by operator or by node, or as many runs as each line read says, answered with their median in milliseconds and the peak memory in megabytes.</summary>
    private static void Answer(Action run, string answers, ExecutionPlan? plan)
    {
        // As long as the peers': long enough that every method has got its last form.
        long begun = Stopwatch.GetTimestamp();
        do
        {
            run();
            run();
        }
        while (Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(1));
        using var process = Process.GetCurrentProcess();
        if (answers != "serve" && plan is not null)
        {
            Report(run, 9, plan, answers == "nodes");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory {process.PeakWorkingSet64 / 1e6:F0} MB, arena {plan.ArenaBytes / 1e6:F0} MB"));
            return;
        }

        Console.WriteLine("ready");
        while (Console.ReadLine() is string line)
        {
            double[] milliseconds = new double[int.Parse(line, CultureInfo.InvariantCulture)];
            for (int i = 0; i < milliseconds.Length; i++)
            {
                milliseconds[i] = 1e3 * Measure.Seconds(run);
            }

            process.Refresh();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Measure.Median(milliseconds)} {process.PeakWorkingSet64 / 1e6}"));
        }
    }

    private static Architecture Network(string name, int pixels) => name switch
    {
        "resnet18" => ResNet.Build(18, ImageNetworkOptions.Of(pixels, 1000), pixels < 100),
        "resnet50" => ResNet.Build(50, ImageNetworkOptions.Of(pixels, 1000)),
        "mobilenetv2" => MobileNetV2.Build(ImageNetworkOptions.Of(pixels, 1000)),
        "vit-small" => VisionTransformer.Build(VisionTransformerOptions.Small, ImageNetworkOptions.Of(pixels, 1000)),
        "densenet121" => DenseNet.Build(ImageNetworkOptions.Of(pixels, 1000)),
        "dna" => DnaNetwork.Build(new DnaNetworkOptions { Length = pixels, Width = 48, Motif = 11, Blocks = 3, Places = 16, Dropout = 0.3f }),
        _ => throw new ArgumentException($"There is no network '{name}' in this benchmark: resnet18, resnet50, mobilenetv2, vit-small, densenet121 or dna (letters for pixels).", nameof(name)),
    };

    private static void Report(Action run, int runs, ExecutionPlan plan, bool showsNodes)
    {
        double[] seconds = new double[runs];
        double[] cpu = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            (seconds[i], cpu[i]) = Measure.SecondsAndCpu(run);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {1e3 * Measure.Median(seconds):F1} ms, best {1e3 * seconds.Min():F1} ms, CPU {1e3 * Measure.Median(cpu):F1} ms"));
        long[] ticks = new long[plan.StepNodes.Length];
        for (int i = 0; i < runs; i++)
        {
            plan.Profile(ticks);
        }

        double all = ticks.Sum();
        for (int i = 0; showsNodes && i < ticks.Length; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.StepNodes[i].OpType,-24} {1e6 * ticks[i] / Stopwatch.Frequency / runs,10:F1} us  {plan.StepNodes[i].Outputs[0]}"));
        }

        var rows = plan.StepNodes.Select((node, i) => (node.OpType, Ticks: ticks[i])).GroupBy(step => step.OpType)
            .Select(group => (Name: group.Key, Count: group.Count(), Ticks: (double)group.Sum(step => step.Ticks))).OrderByDescending(row => row.Ticks).Take(16);
        foreach (var (name, count, time) in rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {count,4} {1e3 * time / Stopwatch.Frequency / runs,9:F2} ms {100 * time / all,6:F1} %"));
        }
    }
}
