using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Benchmarks;

/// <summary>Element-wise kernels and reductions on 4,096 floats, which stay in the first-level cache.</summary>
internal static class ElementWiseBenchmark
{
    private const int Length = 4096;
    private const int Repeats = 200;

    private static float _sink;

    public static void Run()
    {
        float[] x = new float[Length];
        float[] y = new float[Length];
        float[] z = new float[Length];
        new Philox(1, 1, 1).FillUniform(0, x);
        new Philox(1, 1, 2).FillUniform(0, y);
        Console.WriteLine($"{InstructionSets.Active}, one thread, {Length} floats. Medians.");
        Console.WriteLine("kernel        nanoseconds an element");
        Print("Add", () => ElementWise.Map<AddKernel>(x, y, z));
        Print("Relu", () => ElementWise.Map<ReluKernel>(x, z));
        Print("Maximum", () => ElementWise.Map<MaximumKernel>(x, y, z));
        Print("Divide", () => ElementWise.Map<DivideKernel>(x, y, z));
        Print("Exp", () => ElementWise.Map<ExpKernel>(x, z));
        Print("Log", () => ElementWise.Map<LogKernel>(x, z));
        Print("Tanh", () => ElementWise.Map<TanhKernel>(x, z));
        Print("Sigmoid", () => ElementWise.Map<SigmoidKernel>(x, z));
        Print("Softplus", () => ElementWise.Map<SoftplusKernel>(x, z));
        Print("Erf", () => ElementWise.Map<ErfKernel>(x, z));
        Print("Sin", () => ElementWise.Map<SinKernel>(x, z));
        Print("Sum", () => _sink += Reductions.Sum(x));
        Print("Dot", () => _sink += Reductions.Dot(x, y));
        Print("Maximum of", () => _sink += Reductions.Maximum(x));
        Print("SumRows 64", () => Reductions.SumRows(x, 64, 64, z.AsSpan(0, 64)));
    }

    private static void Print(string name, Action action)
    {
        Action many = () =>
        {
            for (int i = 0; i < Repeats; i++)
            {
                action();
            }
        };
        for (int warm = 0; warm < 5; warm++)
        {
            many();
        }

        double seconds = Measure.Median(Enumerable.Range(0, 15).Select(_ => Measure.Seconds(many))) / Repeats / Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12} {seconds * 1e9,10:F3}"));
    }
}
