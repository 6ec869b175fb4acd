using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient that passes a Gelu of x (input 1): dy · (Φ(x) + x φ(x)) with the normal distribution Φ and its density φ, or with approximate = "tanh"
/// dy · ((1 + t) / 2 + x (1 - t²) u' / 2), where t = tanh(u) and u = √(2/π) (x + 0.044715 x³).
/// </summary>
internal sealed class GeluGradient : Operator
{
    private const double RootHalf = 0.70710678118654752440;
    private const double RootTwoOverPi = 0.79788456080286535588;
    private const double Cubic = 0.044715;

    // Floats whose slopes are computed at a time.
    private const int Stretch = 512;

    public override string Name => "GeluGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var tanh = Attributes.None.With("approximate", "tanh");
            yield return new("small", Sample.Values(1, 3, 7), Sample.Values(2, 3, 7));
            yield return new("small, tanh", Sample.Values(3, 3, 7), Sample.Values(4, 3, 7)) { Attributes = tanh };
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(5, length), Sample.Values(6, length)) { HasGolden = false };
                yield return new($"length {length}, tanh", Sample.Values(7, length), Sample.Values(8, length)) { HasGolden = false, Attributes = tanh };
            }
        }
    }

    public override bool CanOverwrite(ShapeContext context, int input) => true;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(0, ElementType.Float, ElementType.Double);
        context.RequireSame(1, 0);
        return [context.Input(1)];
    }

    public override Action Compile(KernelContext context)
    {
        bool isTanh = Gelu.IsTanh(context.Attributes);
        switch (context.ElementOf(0))
        {
            case ElementType.Float:
                var (dy, x, dx) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>());
                return Chunks.Over(context.Pool, dx.Length, (start, length) =>
                {
                    for (int from = start; from < start + length; from += Stretch)
                    {
                        int count = Math.Min(Stretch, start + length - from);
                        Stretches(isTanh, dy.Span.Slice(from, count), x.Span.Slice(from, count), dx.Span.Slice(from, count));
                    }
                });
            case ElementType.Double:
                var (left, right, product) = (context.Input<double>(0), context.Input<double>(1), context.Output<double>());
                Func<double, double> slope = isTanh ? SlopeOfTanh : SlopeOfErf;
                return () =>
                {
                    for (int i = 0; i < product.Length; i++)
                    {
                        product[i] = left[i] * slope(right[i]);
                    }
                };
            case var other:
                throw context.Unsupported(other);
        }
    }

    private static double SlopeOfErf(double x) =>
        (0.5 * (1 + DoubleMath.Erf(RootHalf * x))) + (x * (RootTwoOverPi / 2) * DoubleMath.Exp(-0.5 * x * x));

    private static double SlopeOfTanh(double x)
    {
        double t = DoubleMath.Tanh(RootTwoOverPi * (x + (Cubic * x * x * x)));
        return 0.5 * (1 + t + (x * (1 - (t * t)) * (RootTwoOverPi * (1 + (3 * Cubic * x * x)))));
    }

    /// <summary>The slope in parts that stay in the first-level cache: as one kernel they are more than the compiler keeps in registers.</summary>
    [SkipLocalsInit]
    private static void Stretches(bool isTanh, ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> dx)
    {
        Span<float> slope = (stackalloc float[Stretch])[..x.Length];
        Span<float> steep = (stackalloc float[Stretch])[..x.Length];
        if (isTanh)
        {
            ElementWise.Map<TanhOfArgument>(x, slope);
            ElementWise.Map<TanhSlope>(slope, x, slope);
        }
        else
        {
            ElementWise.Map<Distribution>(x, slope);
            ElementWise.Map<WeightedDensity>(x, steep);
            ElementWise.Map<AddKernel>(slope, steep, slope);
        }

        ElementWise.Map<MultiplyKernel>(dy, slope, dx);
    }

    /// <summary>Φ(x).</summary>
    internal readonly struct Distribution : IUnaryKernel
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x)
            where T : struct, ILanes<T> => (ErfKernel.Invoke(x * T.Create((float)RootHalf)) + T.Create(1)) * T.Create(0.5f);
    }

    /// <summary>x φ(x).</summary>
    internal readonly struct WeightedDensity : IUnaryKernel
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x)
            where T : struct, ILanes<T> => x * ExpKernel.Invoke(-(x * x * T.Create(0.5f))) * T.Create((float)(RootTwoOverPi / 2));
    }

    /// <summary>t.</summary>
    internal readonly struct TanhOfArgument : IUnaryKernel
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x)
            where T : struct, ILanes<T> => TanhKernel.Invoke((x + (x * x * x * T.Create((float)Cubic))) * T.Create((float)RootTwoOverPi));
    }

    /// <summary>The slope from t (x here) and x (y here).</summary>
    internal readonly struct TanhSlope : IBinaryKernel
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x, T y)
            where T : struct, ILanes<T>
        {
            T one = T.Create(1);
            T inner = ((y * y * T.Create((float)(3 * Cubic))) + one) * T.Create((float)RootTwoOverPi);
            return (x + one + (y * (one - (x * x)) * inner)) * T.Create(0.5f);
        }
    }
}
