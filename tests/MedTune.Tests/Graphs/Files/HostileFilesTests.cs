using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;
using Xunit.Abstractions;

namespace MedTune.Tests.Graphs.Files;

/// <summary>
/// 10,000 damaged files from fixed seeds, read, compiled, run and written: none crashes, takes longer than a second or allocates a gigabyte, and what
/// is refused is refused with one sentence.
/// </summary>
public sealed class HostileFilesTests(ITestOutputHelper output)
{
    private const long MostBytes = 1L << 30;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    /// <summary>For what is run: far below what a test machine has.</summary>
    private static readonly PlanOptions Options = new() { MemoryLimit = 1 << 27, DynamicValueLimit = 1 << 26 };

    private bool _stopped;
    private int _read;
    private int _files;
    private long _worstBytes;
    private TimeSpan _worstTime;

    [Fact]
    public void Onnx_DamagedInMeaning_IsReadOrRefused()
    {
        var random = new Random(41);
        foreach (var (name, valid, rounds) in Models())
        {
            for (int round = 0; round < rounds; round++)
            {
                Try(WireTree.Mutate(valid, random), ReadAndRun, $"{name}, round {round}");
            }
        }

        Report(10_000);
    }

    [Fact]
    public void Onnx_DamagedInBytes_IsReadOrRefused()
    {
        var random = new Random(43);
        foreach (var (name, valid, rounds) in Models())
        {
            for (int round = 0; round < rounds / 4; round++)
            {
                Try(Fuzzing.Mutate(valid, random), ReadAndRun, $"{name}, round {round}");
            }
        }

        Report(2500);
    }

    [Fact]
    public void Onnx_DataInOtherFiles_StaysInTheFolder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("model/inner"));
        File.WriteAllBytes(folder.File("model/data.bin"), new byte[64]);
        File.WriteAllBytes(folder.File("model/inner/data.bin"), new byte[64]);
        File.WriteAllBytes(folder.File("data.bin"), Enumerable.Repeat((byte)0x40, 64).ToArray());
        string[] places = ["data.bin", "data.bin", "data.bin", "inner/data.bin", "../data.bin", "inner/../../data.bin", "/etc/passwd", "C:\\data.bin", "inner", ".", "", "data.bin\0x", "inner//data.bin", "./data.bin", new string('a', 5000), "con", "\\\\host\\data.bin"];
        string[] numbers = ["8", "8", "8", "8", "0", "-1", "64", "65", "1e3", " 8", "9223372036854775807", "9223372036854775808", "2147483648", ""];
        var random = new Random(47);
        for (int round = 0; round < 500; round++)
        {
            var tensor = TestModel.Message(
                (OnnxFields.Tensor.DataType, random.Next(3) == 0 ? random.Next(12) : 1), (OnnxFields.Tensor.Name, "w"), (OnnxFields.Tensor.DataLocation, 1), (OnnxFields.Tensor.Dims, random.Next(4) == 0 ? 1L << random.Next(40) : 2),
                (OnnxFields.Tensor.ExternalData, Entry("location", places[random.Next(places.Length)])), (OnnxFields.Tensor.ExternalData, Entry("offset", numbers[random.Next(numbers.Length)])),
                (OnnxFields.Tensor.ExternalData, Entry("length", numbers[random.Next(numbers.Length)])));
            File.WriteAllBytes(folder.File("model/m.onnx"), new TestModel().Raw(OnnxFields.Graph.Initializer, tensor).Output("w", ElementType.Float, 2).ToBytes());
            Try([], _ => Assert.Equal([0f, 0f], OnnxFile.Read(folder.File("model/m.onnx")).Initializers["w"].Values<float>().ToArray()), $"external data, round {round}");
        }

        Report(500);
    }

    [Fact]
    public void Safetensors_Damaged_IsReadOrRefused()
    {
        var tensors = ImmutableSortedDictionary.Create<string, Tensor>(StringComparer.Ordinal)
            .Add("weight", Tensor.Create(new Shape(2, 3), [1f, -2f, 3.5f, float.NaN, float.NegativeInfinity, -0f])).Add("int", Tensor.Scalar(-7)).Add("truth", Tensor.Vector(true, false, true));
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder.File("x.safetensors"), tensors, ImmutableSortedDictionary<string, string>.Empty.Add("format", "pt"));
        byte[] valid = File.ReadAllBytes(folder.File("x.safetensors"));
        int header = BitConverter.ToInt32(valid);
        string[] parts = ["\"F32\"", "\"I64\"", "\"BF16\"", "[0,24]", "[2,3]", "-1", "9223372036854775807", "2147483648", "1e99", "[[[[[[[[[[", "null", "{}", "\"__metadata__\"", "\"weight\"", "\\u0000", "\\ud800", ","];
        var random = new Random(53);
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = round % 2 == 0 ? Fuzzing.Mutate(valid, random) : Spliced(Encoding.UTF8.GetString(valid, 8, header), valid[(8 + header)..], parts, random);
            Try(bytes, damaged => SafetensorsFile.Read(damaged), $"safetensors, round {round}");
        }

        Report(2000);
    }

    private static byte[] Spliced(string header, byte[] data, string[] parts, Random random)
    {
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(header.Length);
            header = header[..at] + parts[random.Next(parts.Length)] + header[Math.Min(header.Length, at + random.Next(12))..];
        }

        byte[] text = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. data];
    }

    private static WireMessage Entry(string key, string value) => TestModel.Message((OnnxFields.Entry.Key, key), (OnnxFields.Entry.Value, value));

    /// <summary>Valid files and how often each is damaged: what we write, branches and loops, and the ONNX project's own where they are installed.</summary>
    private static IEnumerable<(string Name, byte[] Bytes, int Rounds)> Models()
    {
        var own = new List<(string, byte[])>
        {
            ("tabular", OnnxFile.ToBytes(SampleGraphs.Tabular())),
            ("everything", OnnxFile.ToBytes(SampleGraphs.Everything())),
            ("loop", DynamicSamples.LoopFile()),
            ("branches", DynamicSamples.BranchFile()),
            ("network", DynamicSamples.NetworkFile()),
        };
        const string Cases = "/usr/share/libonnx-testdata/data/node";
        var installed = Directory.Exists(Cases)
            ? Directory.GetDirectories(Cases, "test_*").Order(StringComparer.Ordinal).Where((_, i) => i % 3 == 0).Select(folder => (Path.GetFileName(folder), File.ReadAllBytes(Path.Combine(folder, "model.onnx")))).ToList()
            : [];
        foreach (var (name, bytes) in own)
        {
            yield return (name, bytes, 2000);
        }

        foreach (var (name, bytes) in installed)
        {
            yield return (name, bytes, 16);
        }
    }

    private void ReadAndRun(byte[] bytes)
    {
        var graph = OnnxFile.Read(bytes);
        OnnxFile.ToBytes(graph);
        var dimensions = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        long elements = 0;
        foreach (var input in graph.Inputs.Where(input => input.Type.HasRank))
        {
            double product = 1;
            for (int axis = 0; axis < input.Type.Rank; axis++)
            {
                var dimension = input.Type.Dimensions[axis];
                product *= dimension.Value ?? 3;
                if (dimension.Value is null)
                {
                    dimensions[dimension.Symbol ?? FormattableString.Invariant($"{input.Name}:{axis}")] = 3;
                }
            }

            elements += (long)Math.Min(product, 1 << 24);
        }

        // A large input is the caller's own wish, and no test of the file.
        if (elements > 1 << 20)
        {
            return;
        }

        using var stop = new StopAfter(MostTime / 20);
        try
        {
            using var plan = ExecutionPlan.Compile(graph, Options with { Dimensions = dimensions.ToImmutable(), Cancellation = stop.Token });
            plan.Run();
        }
        catch (OperationCanceledException)
        {
            // A loop without end is the caller's to stop.
            _stopped = true;
        }
    }

    private void Try(byte[] bytes, Action<byte[]> use, string what)
    {
        _files++;
        var best = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < 3 && best > MostTime; attempt++)
        {
            var watch = Stopwatch.StartNew();
            _stopped = false;
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                use(bytes);
                _read++;
            }
            catch (InvalidGraphException error)
            {
                Assert.True(error.Message.Length > 10 && error.Message.EndsWith('.'), $"{what}: {error.Message}");
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{what}: {error}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            // What a loop without end allocates pass after pass is let go pass after pass: the sum says how long it ran, not what it held.
            if (!_stopped)
            {
                Assert.True(allocated < MostBytes, $"{what}: {allocated} bytes allocated");
                _worstBytes = Math.Max(_worstBytes, allocated);
            }

            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        // A busy machine may stop a thread for long; what takes a second three times in a row takes it by itself.
        Assert.True(best <= MostTime, $"{what}: {best}");
        _worstTime = best > _worstTime ? best : _worstTime;
    }

    private void Report(int atLeast)
    {
        output.WriteLine($"{_files} files, {_read} of them read; at most {_worstBytes / 1_000_000} MB and {_worstTime.TotalMilliseconds:0} ms.");
        Assert.True(_files >= atLeast, $"{_files} files");
    }
}
