using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Benchmarks;

/// <summary>Products against the multiply-add peak of the same cores, measured in turn with them so that other load hits both.</summary>
internal static class MatrixProductBenchmark
{
    /// <param name="sizes">
    /// Sizes n of n x n products, or m x n x k with a letter for each operand that is stored transposed, and p where b is packed before, such as 3152x384x1536bp; 512 and 960 when empty.
    /// </param>
    public static void Run(ReadOnlySpan<string> sizes)
    {
        string[] all = sizes.IsEmpty ? ["512", "960"] : sizes.ToArray();

        Console.WriteLine($"{InstructionSets.Active}, {Environment.ProcessorCount} cores. Medians; the ratio is the median of pairs measured one after the other.");
        Console.WriteLine("threads                    size   peak GF/s   product GF/s   ratio   ratio by CPU time   best GF/s   allocated bytes a run");
        foreach (int threads in new[] { 1, 2 })
        {
            using var pool = new TaskPool(threads);
            foreach (string size in all)
            {
                RunOne(pool, size);
            }
        }
    }

    private static void RunOne(TaskPool pool, string size)
    {
        int[] extents = [.. size.TrimEnd('a', 'b', 'p').Split('x').Select(extent => int.Parse(extent, CultureInfo.InvariantCulture))];
        (int m, int n, int k) = extents.Length == 3 ? (extents[0], extents[1], extents[2]) : (extents[0], extents[0], extents[0]);
        (bool transposeA, bool transposeB) = (size.Contains('a', StringComparison.Ordinal), size.Contains('b', StringComparison.Ordinal));
        var philox = new Philox(1, RandomPurpose.Search, 0);
        float[] a = new float[m * k];
        float[] b = new float[k * n];
        float[] c = new float[m * n];
        philox.FillUniform(0, a);
        philox.FillUniform((ulong)a.Length, b);
        var workspace = new MatrixWorkspace();
        var packed = new PackedMatrix(k, n);
        packed.Pack(b, transposeB ? k : n, transposeB, pool);
        Action product = size.EndsWith('p') ? () => MatrixProduct.Multiply(m, a, transposeA ? m : k, transposeA, packed, c, n, workspace, pool) : () => MatrixProduct.Multiply(
            m, n, k, a, transposeA ? m : k, transposeA, b, transposeB ? k : n, transposeB, c, n, workspace, pool);
        double operations = 2.0 * m * n * k;

        // The peak loop runs about as long as the product.
        int tasks = Math.Max(2 * pool.Threads, (int)(operations / PeakLoop.Operations));
        Action peak = () => pool.Run(tasks, 0, static (_, index) => PeakLoop.Task(index));
        for (int warm = 0; warm < 5; warm++)
        {
            peak();
            product();
        }

        int pairs = Math.Clamp((int)(4e10 / operations), 15, 200);
        double[] peaks = new double[pairs];
        double[] products = new double[pairs];
        double[] cpuRatios = new double[pairs];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int pair = 0; pair < pairs; pair++)
        {
            (double peakTime, double peakCpu) = Measure.SecondsAndCpu(peak);
            (double productTime, double productCpu) = Measure.SecondsAndCpu(product);
            peaks[pair] = tasks * PeakLoop.Operations / peakTime / 1e9;
            products[pair] = operations / productTime / 1e9;
            cpuRatios[pair] = operations / productCpu / (tasks * PeakLoop.Operations / peakCpu);
        }

        long allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / pairs;
        double ratio = Measure.Median(peaks.Zip(products, (top, reached) => reached / top));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{pool.Threads,7} {size,23} {Measure.Median(peaks),11:F0} {Measure.Median(products),14:F0} {ratio,7:F2} {Measure.Median(cpuRatios),19:F2} {products.Max(),11:F0} {allocated,23}"));
    }
}
