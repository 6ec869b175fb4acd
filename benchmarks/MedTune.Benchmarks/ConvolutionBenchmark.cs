using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Benchmarks;

/// <summary>Convolutions of known networks against the multiply-add peak of the same cores, measured in turn with them so that other load hits both.</summary>
internal static class ConvolutionBenchmark
{
    private static readonly (string Name, ConvolutionShape Shape)[] Shapes =
    [
        ("64@56", Square(16, 64, 56, 64, 3, 1)),
        ("128@28", Square(16, 128, 28, 128, 3, 1)),
        ("256@14", Square(16, 256, 14, 256, 3, 1)),
        ("512@7", Square(16, 512, 7, 512, 3, 1)),
        ("64-128@56/2", Square(16, 64, 56, 128, 3, 2)),
        ("256-512@14/2", Square(16, 256, 14, 512, 3, 2)),
        ("1x1 64-256@56", Square(16, 64, 56, 256, 1, 1)),
        ("1x1 512-128@28", Square(16, 512, 28, 128, 1, 1)),
        ("1x1 96-24@56", Square(16, 96, 56, 24, 1, 1)),
        ("1x1 64-128@56/2", Square(16, 64, 56, 128, 1, 2)),
        ("stem 3-64@224/2", Square(16, 3, 224, 64, 7, 2) with { IsPlanar = true }),
        ("stem 3-32@224/2", Square(16, 3, 224, 32, 3, 2) with { IsPlanar = true }),
        ("64@28 b128", Square(128, 64, 28, 64, 3, 1)),
        ("512@4 b128", Square(128, 512, 4, 512, 3, 1)),
        ("64@56 b1", Square(1, 64, 56, 64, 3, 1)),
        ("512@7 b1", Square(1, 512, 7, 512, 3, 1)),
    ];

    /// <param name="arguments">Parts of names; all shapes when empty.</param>
    public static void Run(ReadOnlySpan<string> arguments)
    {
        string[] names = arguments.ToArray();
        Console.WriteLine($"{InstructionSets.Active}, {Environment.ProcessorCount} cores. Share of the multiply-add peak, by CPU time, medians of pairs measured one after the other.");
        Console.WriteLine("threads  shape              peak GF/s   forward   input gradient   weight gradient");
        foreach (int threads in new[] { 1, 2 })
        {
            using var pool = new TaskPool(threads);
            foreach (var (name, shape) in Shapes.Where(entry => names.Length == 0 || names.Any(part => entry.Name.Contains(part, StringComparison.Ordinal))))
            {
                RunOne(pool, name, shape);
            }
        }
    }

    private static ConvolutionShape Square(int batch, int channels, int size, int outputs, int filter, int stride) => new()
    {
        Batch = batch,
        Channels = channels,
        Height = size,
        Width = size,
        Outputs = outputs,
        OutputHeight = (size - 1) / stride + 1,
        OutputWidth = (size - 1) / stride + 1,
        FilterHeight = filter,
        FilterWidth = filter,
        StrideHeight = stride,
        StrideWidth = stride,
        PadTop = filter / 2,
        PadLeft = filter / 2,
    };

    private static void RunOne(TaskPool pool, string name, ConvolutionShape shape)
    {
        var philox = new Philox(1, RandomPurpose.Search, 0);
        Memory<float> Random(int length)
        {
            var values = Aligned(length);
            philox.FillUniform(0, values.Span);
            return values;
        }

        Memory<float> x = Random(shape.InputLength), y = Aligned(shape.OutputLength), dy = Random(shape.OutputLength), dx = Aligned(shape.InputLength);
        var filters = Random(shape.Outputs * shape.Channels * shape.FilterArea);
        var forward = BlockedConvolution.Forward(shape);
        Memory<float> packed = Aligned(forward.PackedLength), scratch = Aligned(forward.ScratchLength(pool.Threads));
        forward.Pack(filters.Span, packed.Span, pool);
        var results = new List<(double Share, double Peak)> { Share(pool, shape, () => forward.Run(x.Span, packed.Span, y.Span, scratch.Span, pool)) };
        if (!shape.IsPlanar)
        {
            var backward = BlockedConvolution.InputGradient(shape);
            Memory<float> packedBack = Aligned(backward.PackedLength), scratchBack = Aligned(backward.ScratchLength(pool.Threads));
            backward.Pack(filters.Span, packedBack.Span, pool);
            results.Add(Share(pool, shape, () => backward.Run(dy.Span, packedBack.Span, dx.Span, scratchBack.Span, pool)));
        }
        else
        {
            results.Add((0, 0));
        }

        var gradient = new ConvolutionWeightGradient(shape);
        Memory<float> scratchGradient = Aligned(gradient.ScratchLength(pool.Threads)), filterGradient = Aligned(filters.Length);
        results.Add(Share(pool, shape, () => gradient.Run(x.Span, dy.Span, filterGradient.Span, scratchGradient.Span, pool)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{pool.Threads,7}  {name,-17} {results[0].Peak,10:F0} {results[0].Share,9:F2} {results[1].Share,16:F2} {results[2].Share,17:F2}"));
    }

    /// <summary>Memory that starts at a line of 64 bytes, as a plan's values do.</summary>
    private static Memory<float> Aligned(int length)
    {
        const int Line = 16;
        float[] values = GC.AllocateArray<float>(length + Line, pinned: true);
        nint address = System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(values, 0);
        return values.AsMemory((int)((-(address / sizeof(float)) % Line + Line) % Line), length);
    }

    private static (double Share, double Peak) Share(TaskPool pool, ConvolutionShape shape, Action run)
    {
        double operations = 2 * shape.Products;
        int tasks = Math.Max(2 * pool.Threads, (int)(operations / PeakLoop.Operations));
        Action peak = () => pool.Run(tasks, 0, static (_, index) => PeakLoop.Task(index));
        for (int warm = 0; warm < 3; warm++)
        {
            peak();
            run();
        }

        // Processor time of other threads is only up to date to a few milliseconds, so short runs are measured many at a time.
        int repeats = Math.Max(1, (int)(1e10 / operations));
        int pairs = Math.Clamp((int)(4e10 / (operations * repeats)), 7, 50);
        double[] peaks = new double[pairs];
        double[] ratios = new double[pairs];
        for (int pair = 0; pair < pairs; pair++)
        {
            (double peakTime, double peakCpu) = Measure.SecondsAndCpu(() => Repeat(peak, repeats));
            (_, double cpu) = Measure.SecondsAndCpu(() => Repeat(run, repeats));
            peaks[pair] = repeats * tasks * PeakLoop.Operations / peakTime / 1e9;
            ratios[pair] = operations / cpu / (tasks * PeakLoop.Operations / peakCpu);
        }

        return (Measure.Median(ratios), Measure.Median(peaks));
    }

    private static void Repeat(Action action, int times)
    {
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }
}
