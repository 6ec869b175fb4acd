using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An operator that maps pairs of elements, broadcast by NumPy's rule, in Float, Double, Int64, Int32, UInt8 or Int8.</summary>
internal abstract class BinaryOperator : Operator
{
    public override int MinimumInputs => 2;

    /// <summary>Values for cases, in (-4, 4).</summary>
    protected static Func<uint, int[], Tensor<float>> AnyValues { get; } = (seed, shape) => Sample.Values(seed, shape);

    /// <summary>Values for cases, in (0, 4).</summary>
    protected static Func<uint, int[], Tensor<float>> PositiveValues { get; } = (seed, shape) => Sample.Positive(4, seed, shape);

    public override bool CanOverwrite(ShapeContext context, int input) =>
        context.Input(input) == new TensorType(context.Input(input).Element, Broadcasting.Combine(context, 0, 1));

    /// <summary>Whether the operator is also defined on whole numbers.</summary>
    protected virtual bool TakesWholeNumbers => true;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = TakesWholeNumbers
            ? context.Require(0, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32, ElementType.UInt8, ElementType.Int8)
            : context.Require(0, ElementType.Float, ElementType.Double);
        context.RequireSame(1, 0);
        return [new TensorType(type.Element, Broadcasting.Combine(context, 0, 1))];
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => LegacyBroadcast.Adapt(node, opset, builder);

    public override Action Compile(KernelContext context)
    {
        var loop = BroadcastLoop.For(context.OutputShape(), context.InputShape(0), context.InputShape(1));
        switch (context.ElementOf(0))
        {
            case ElementType.Float:
                var (x, y, z) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>());
                return loop.Outer == 1 && loop.Advances(0) && loop.Advances(1)
                    ? Chunks.Over(context.Pool, z.Length, (start, length) => Map(x.Span.Slice(start, length), y.Span.Slice(start, length), z.Span.Slice(start, length)))
                    : Chunks.Over(context.Pool, loop.Outer, (start, length) => Run(loop, start, length, x.Span, y.Span, z.Span), loop.Inner);
            case ElementType.Double:
                return Scalar<double>(context, loop, Map);
            case ElementType.Int64:
                return Scalar<long>(context, loop, Map);
            case ElementType.Int32:
                return Scalar<int>(context, loop, (a, b) => (int)Map((long)a, b));
            case ElementType.UInt8:
                return Scalar<byte>(context, loop, (a, b) => (byte)Map((long)a, b));
            case ElementType.Int8:
                return Scalar<sbyte>(context, loop, (a, b) => (sbyte)Map((long)a, b));
            case var other:
                throw context.Unsupported(other);
        }
    }

    /// <summary>The float kernel for two runs.</summary>
    protected abstract void Map(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination);

    /// <summary>The float kernel for a run and one element.</summary>
    protected abstract void Map(ReadOnlySpan<float> x, float y, Span<float> destination);

    /// <summary>The float kernel for one element and a run.</summary>
    protected abstract void Map(float x, ReadOnlySpan<float> y, Span<float> destination);

    /// <summary>The reference.</summary>
    protected abstract double Map(double x, double y);

    /// <summary>The same on whole numbers, wrapping around at the type's number of bits.</summary>
    protected virtual long Map(long x, long y) => throw new InvalidOperationException($"{Name} is not defined on whole numbers.");

    /// <summary>Broadcasting of every kind over small shapes, and one equal-shape case per length no vector divides.</summary>
    /// <param name="x">Makes the first operand: seed, extents.</param>
    /// <param name="y">Makes the second operand.</param>
    protected static IEnumerable<OperatorCase> BinaryCases(Func<uint, int[], Tensor<float>> x, Func<uint, int[], Tensor<float>> y)
    {
        yield return new("same shape", x(1, [3, 5]), y(2, [3, 5]));
        yield return new("scalar second", x(3, [7]), y(4, []));
        yield return new("scalar first", x(5, [1]), y(6, [2, 3]));
        yield return new("row vector", x(7, [3, 5]), y(8, [5]));
        yield return new("column vector", x(9, [4, 1]), y(10, [4, 3]));
        yield return new("outer", x(11, [4, 1]), y(12, [1, 3]));
        yield return new("middle axis", x(13, [2, 1, 3]), y(14, [2, 4, 1]));
        foreach (int length in Sample.Lengths)
        {
            yield return new($"length {length}", x(15, [length]), y(16, [length])) { HasGolden = false };
        }
    }

    /// <summary>UInt8 and Int8 operands, the second without 0.</summary>
    protected static IEnumerable<OperatorCase> ByteCases()
    {
        yield return new("bytes", Sample.Bytes(17, 3, 4), Tensor.Vector((byte)3, (byte)17, (byte)100, (byte)255));
        yield return new("signed bytes", Sample.SignedBytes(18, 7), Tensor.Scalar((sbyte)-5));
    }

    private static Action Scalar<T>(KernelContext context, BroadcastLoop loop, Func<T, T, T> map)
        where T : unmanaged
    {
        var (x, y, z) = (context.Input<T>(0), context.Input<T>(1), context.Output<T>());
        (int stepX, int stepY) = (loop.Advances(0) ? 1 : 0, loop.Advances(1) ? 1 : 0);
        return () =>
        {
            for (int run = 0; run < loop.Outer; run++)
            {
                var a = x.Span[loop.Offset(0, run)..];
                var b = y.Span[loop.Offset(1, run)..];
                var c = z.Span.Slice(run * loop.Inner, loop.Inner);
                for (int i = 0; i < c.Length; i++)
                {
                    c[i] = map(a[i * stepX], b[i * stepY]);
                }
            }
        };
    }

    private void Run(BroadcastLoop loop, int first, int count, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z)
    {
        for (int run = first; run < first + count; run++)
        {
            int a = loop.Offset(0, run);
            int b = loop.Offset(1, run);
            var c = z.Slice(run * loop.Inner, loop.Inner);
            if (!loop.Advances(1))
            {
                // Neither advances only when the run has one element.
                Map(x.Slice(a, loop.Advances(0) ? loop.Inner : 1), y[b], c);
            }
            else if (!loop.Advances(0))
            {
                Map(x[a], y.Slice(b, loop.Inner), c);
            }
            else
            {
                Map(x.Slice(a, loop.Inner), y.Slice(b, loop.Inner), c);
            }
        }
    }
}
