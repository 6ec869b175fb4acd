using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

/// <summary>Every kernel by name, with the span function, the same at each vector width, and a plain reference.</summary>
internal static class KernelTable
{
    public delegate void UnaryFunction(float[] x, float[] destination);

    public delegate void BinaryFunction(float[] x, float[] y, float[] destination);

    public static IReadOnlyDictionary<string, UnaryEntry> Unary { get; } = new Dictionary<string, UnaryEntry>
    {
        ["Relu"] = Of<ReluKernel>(x => x < 0 ? 0 : x),
        ["Negate"] = Of<NegateKernel>(x => -x),
        ["Absolute"] = Of<AbsoluteKernel>(MathF.Abs),
        ["SquareRoot"] = Of<SquareRootKernel>(MathF.Sqrt),
        ["Reciprocal"] = Of<ReciprocalKernel>(x => 1 / x),
        ["Floor"] = Of<FloorKernel>(MathF.Floor),
        ["Ceiling"] = Of<CeilingKernel>(MathF.Ceiling),
        ["Round"] = Of<RoundKernel>(x => MathF.Round(x, MidpointRounding.ToEven)),
        ["Sign"] = Of<SignKernel>(x => x > 0 ? 1 : x < 0 ? -1 : x),
        ["Exp"] = Of<ExpKernel>(FloatMath.Exp),
        ["ExpLessOne"] = Of<ExpLessOneKernel>(FloatMath.Expm1),
        ["Log"] = Of<LogKernel>(FloatMath.Log),
        ["Log1p"] = Of<Log1pKernel>(FloatMath.Log1p),
        ["Tanh"] = Of<TanhKernel>(FloatMath.Tanh),
        ["Sigmoid"] = Of<SigmoidKernel>(FloatMath.Sigmoid),
        ["Softplus"] = Of<SoftplusKernel>(FloatMath.Softplus),
        ["Erf"] = Of<ErfKernel>(FloatMath.Erf),
        ["Sin"] = Of<SinKernel>(FloatMath.Sin),
        ["Cos"] = Of<CosKernel>(FloatMath.Cos),
    };

    public static IReadOnlyDictionary<string, BinaryEntry> Binary { get; } = new Dictionary<string, BinaryEntry>
    {
        ["Add"] = BinaryOf<AddKernel>((x, y) => x + y),
        ["Subtract"] = BinaryOf<SubtractKernel>((x, y) => x - y),
        ["Multiply"] = BinaryOf<MultiplyKernel>((x, y) => x * y),
        ["Divide"] = BinaryOf<DivideKernel>((x, y) => x / y),
        ["Minimum"] = BinaryOf<MinimumKernel>(MathF.Min),
        ["Maximum"] = BinaryOf<MaximumKernel>(MathF.Max),
        ["LeakyRelu"] = BinaryOf<LeakyReluKernel>((x, y) => x < 0 ? x * y : x),
        ["Elu"] = BinaryOf<EluKernel>((x, y) => x < 0 ? y * FloatMath.Expm1(x) : x),
        ["Pow"] = BinaryOf<PowKernel>(FloatMath.Pow),
        ["ExpDifference"] = BinaryOf<ExpDifferenceKernel>((x, y) => FloatMath.Exp(x - y)),
    };

    /// <summary>Values over the whole range of float, with every special one, in a fixed order.</summary>
    public static float[] Values(int count, ulong stream)
    {
        float[] special =
        [
            0, -0.0f, 1, -1, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue,
            1.17549435e-38f, 88.7f, 88.8f, -87.4f, -103.9f, -104.5f, 0.5f, -0.5f, 2.5f, 16777216, 0.99999994f, 1.0000001f, -0.99999994f, 9.1f, 3.95f,
        ];
        var philox = new Philox(17, RandomPurpose.Search, stream);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            uint bits = philox.Bits((ulong)i);
            values[i] = (bits % 5) switch
            {
                0 => special[(bits >> 8) % special.Length],
                1 => BitConverter.UInt32BitsToSingle(bits),
                _ => (float)(philox.Normal((ulong)(count + i)) * 3),
            };
        }

        return values;
    }

    /// <summary>Bits of each value, every NaN counted as the same.</summary>
    public static int[] Bits(ReadOnlySpan<float> values)
    {
        int[] bits = new int[values.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = BitConverter.SingleToInt32Bits(float.IsNaN(values[i]) ? float.NaN : values[i]);
        }

        return bits;
    }

    private static UnaryEntry Of<TKernel>(Func<float, float> reference)
        where TKernel : struct, IUnaryKernel => new(
            static (x, destination) => ElementWise.Map<TKernel>(x, destination),
            TKernel.IsVectorized
                ?
                [
                    static (x, destination) => ElementWise.Unary<TKernel, ScalarLanes>(ref x[0], ref destination[0], x.Length),
                    static (x, destination) => ElementWise.Unary<TKernel, Lanes128>(ref x[0], ref destination[0], x.Length),
                    static (x, destination) => ElementWise.Unary<TKernel, Lanes256>(ref x[0], ref destination[0], x.Length),
                    static (x, destination) => ElementWise.Unary<TKernel, Lanes512>(ref x[0], ref destination[0], x.Length),
                ]
                : [],
            reference);

    private static BinaryEntry BinaryOf<TKernel>(Func<float, float, float> reference)
        where TKernel : struct, IBinaryKernel => new(
            static (x, y, destination) => ElementWise.Map<TKernel>(x, y, destination),
            static (x, y, destination) => ElementWise.Map<TKernel>(x, y[0], destination),
            static (x, y, destination) => ElementWise.Map<TKernel>(x[0], y, destination),
            static (x, y, destination) => ElementWise.MapRows<TKernel>(x, y, destination),
            static (x, y, destination) => ElementWise.MapColumns<TKernel>(x, y, destination),
            TKernel.IsVectorized
                ?
                [
                    static (x, y, destination) => ElementWise.Binary<TKernel, ScalarLanes>(ref x[0], 1, ref y[0], 1, ref destination[0], x.Length),
                    static (x, y, destination) => ElementWise.Binary<TKernel, Lanes128>(ref x[0], 1, ref y[0], 1, ref destination[0], x.Length),
                    static (x, y, destination) => ElementWise.Binary<TKernel, Lanes256>(ref x[0], 1, ref y[0], 1, ref destination[0], x.Length),
                    static (x, y, destination) => ElementWise.Binary<TKernel, Lanes512>(ref x[0], 1, ref y[0], 1, ref destination[0], x.Length),
                ]
                : [],
            reference);

    public sealed record UnaryEntry(UnaryFunction Map, UnaryFunction[] Widths, Func<float, float> Reference);

    public sealed record BinaryEntry(
        BinaryFunction Map,
        BinaryFunction MapScalarY,
        BinaryFunction MapScalarX,
        BinaryFunction MapRows,
        BinaryFunction MapColumns,
        BinaryFunction[] Widths,
        Func<float, float, float> Reference);
}
