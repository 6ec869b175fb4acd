using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Benchmarks;

/// <summary>The products of a small tabular network: forward, weight gradient and data gradient of its layers.</summary>
internal static class SmallProductsBenchmark
{
    public static void Run()
    {
        Console.WriteLine($"{InstructionSets.Active}, one thread. Medians.");
        Console.WriteLine("   m     n     k  stored      nanoseconds   GF/s");
        foreach ((int m, int n, int k, bool transposeA, bool transposeB) in new[]
        {
            (64, 64, 30, false, false), (64, 64, 64, false, false), (64, 2, 64, false, false), (30, 64, 64, true, false), (64, 30, 64, false, true),
            (64, 64, 30, false, true), (64, 64, 64, false, true), (64, 64, 2, false, true), (1, 64, 30, false, false), (1, 1, 30, false, false),
            (256, 128, 128, false, false), (4096, 64, 64, false, false),
        })
        {
            float[] a = new float[m * k];
            float[] b = new float[n * k];
            float[] c = new float[m * n];
            new Philox(1, 1, 1).FillUniform(0, a);
            new Philox(1, 1, 2).FillUniform(0, b);
            var workspace = new MatrixWorkspace();
            const int Repeats = 200;
            Action action = () =>
            {
                for (int i = 0; i < Repeats; i++)
                {
                    MatrixProduct.Multiply(
                        m, n, k, a, transposeA ? m : k, transposeA, b, transposeB ? k : n, transposeB, c, n, workspace, TaskPool.Sequential);
                }
            };
            for (int warm = 0; warm < 20; warm++)
            {
                action();
            }

            double seconds = Measure.Median(Enumerable.Range(0, 30).Select(_ => Measure.Seconds(action))) / Repeats;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{m,4} {n,5} {k,5}  {(transposeA ? "A'" : "A ")} {(transposeB ? "B'" : "B ")} {seconds * 1e9,14:F0} {2.0 * m * n * k / seconds / 1e9,6:F1}"));
        }
    }
}
