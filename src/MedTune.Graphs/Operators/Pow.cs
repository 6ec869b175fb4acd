using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x to the power y, broadcast. The exponent may be of another type than the base; the result has the base's.</summary>
internal sealed class Pow : BinaryOperator<PowKernel>
{
    public override string Name => "Pow";

    public override IEnumerable<OperatorCase> Cases =>
    [
        .. BinaryCases(PositiveValues, AnyValues).Select(sample => sample with { FloatTolerance = 1e-5 }),
        new("negative bases", Sample.Values(1, 2, 5), Tensor.Scalar(3f)) { GradientInputs = [0], FloatTolerance = 1e-5 },
        new("whole numbers", Sample.Longs(-5, 5, 2, 7), Sample.Longs(0, 4, 3, 7)),
        new("whole exponents", Sample.Positive(4, 4, 7), Sample.Longs(-2, 3, 5, 7)) { FloatTolerance = 1e-4 },
        new("unsigned exponents", Sample.Positive(4, 8, 3), Tensor.Vector(0u, 1u, 3u)) { ConstantInputs = [1], FloatTolerance = 1e-4 },
        new("whole bases", Sample.Longs(1, 9, 6, 7), Sample.Positive(2, 7, 7)),
    ];

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32);
        context.Require(1, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32, ElementType.UInt64, ElementType.UInt32);
        return [new TensorType(type.Element, Broadcasting.Combine(context, 0, 1))];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) == context.ElementOf(1)
        ? base.Compile(context)
        : Mixed(context);

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (x, dy) = (context.Input(0), context.OutputGradient());
        var y = context.Input(1).Type.Element == x.Type.Element
            ? context.Input(1)
            : build.Append("Cast", [context.Input(1)], Attributes.None.With("to", (int)x.Type.Element));
        if (context.Needs(0))
        {
            var slope = build.Multiply(y, build.Append("Pow", [x, build.Subtract(y, build.Scalar(1, x))]));
            context.SetReduced(0, build.Multiply(dy, slope));
        }

        if (context.Needs(1))
        {
            context.SetReduced(1, build.Multiply(dy, build.Multiply(context.Output(), build.Log(x))));
        }
    }

    protected override double Map(double x, double y) => DoubleMath.Pow(x, y);

    protected override long Map(long x, long y)
    {
        if (y < 0)
        {
            // What is left of a fraction: 1 for 1, ±1 for -1, 0 else.
            return x == 1 ? 1 : x == -1 ? ((y & 1) == 0 ? 1 : -1) : 0;
        }

        long power = 1;
        for (; y > 0; y >>= 1)
        {
            power *= (y & 1) == 1 ? x : 1;
            x *= x;
        }

        return power;
    }

    private static Action Mixed(KernelContext context)
    {
        var loop = BroadcastLoop.For(context.OutputShape(), context.InputShape(0), context.InputShape(1));
        var (read, exponent, write) = (Reader(context, 0), Reader(context, 1), Writer(context));
        (int stepX, int stepY) = (loop.Advances(0) ? 1 : 0, loop.Advances(1) ? 1 : 0);
        return () =>
        {
            for (int run = 0; run < loop.Outer; run++)
            {
                (int x, int y) = (loop.Offset(0, run), loop.Offset(1, run));
                for (int i = 0; i < loop.Inner; i++)
                {
                    write((run * loop.Inner) + i, DoubleMath.Pow(read(x + (i * stepX)), exponent(y + (i * stepY))));
                }
            }
        };
    }

    private static Func<int, double> Reader(KernelContext context, int input)
    {
        switch (context.ElementOf(input))
        {
            case ElementType.Float:
                var floats = context.Input<float>(input);
                return i => floats[i];
            case ElementType.Double:
                var doubles = context.Input<double>(input);
                return i => doubles[i];
            case ElementType.Int64:
                var longs = context.Input<long>(input);
                return i => longs[i];
            case ElementType.UInt64:
                var unsigned = context.Input<ulong>(input);
                return i => unsigned[i];
            case ElementType.UInt32:
                var narrow = context.Input<uint>(input);
                return i => narrow[i];
            default:
                var ints = context.Input<int>(input);
                return i => ints[i];
        }
    }

    private static Action<int, double> Writer(KernelContext context)
    {
        switch (context.OutputElement())
        {
            case ElementType.Float:
                var floats = context.Output<float>();
                return (i, value) => floats[i] = (float)value;
            case ElementType.Double:
                var doubles = context.Output<double>();
                return (i, value) => doubles[i] = value;
            case ElementType.Int64:
                var longs = context.Output<long>();
                return (i, value) => longs[i] = (long)value;
            default:
                var ints = context.Output<int>();
                return (i, value) => ints[i] = (int)value;
        }
    }
}
