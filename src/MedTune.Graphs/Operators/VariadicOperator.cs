using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An operator that takes any number of inputs, broadcasts them together and joins them two at a time, first to last.</summary>
internal abstract class VariadicOperator : Operator
{
    /// <summary>Joins a run, or one element that serves the whole run, into the total.</summary>
    protected delegate void Joining<T>(ReadOnlySpan<T> x, Span<T> total);

    public override int MinimumInputs => 1;

    public override int MaximumInputs => int.MaxValue;

    /// <summary>Whether the total is divided by the number of inputs at the end.</summary>
    protected virtual bool DividesByCount => false;

    /// <summary>Element types beyond the four every such operator takes; <see cref="CompileOther"/> serves them.</summary>
    protected virtual ReadOnlySpan<ElementType> OtherTypes => [];

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, [ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32, .. OtherTypes]);
        for (int i = 1; i < context.InputCount; i++)
        {
            context.RequireSame(i, 0);
        }

        return [new TensorType(type.Element, Broadcasting.Combine(context, [.. Enumerable.Range(0, context.InputCount)]))];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, Join),
        ElementType.Double => Compile<double>(context, Scalar<double>(Join)),
        ElementType.Int64 => Compile<long>(context, Scalar<long>(Join)),
        ElementType.Int32 => Compile<int>(context, Scalar<int>((x, y) => (int)Join((long)x, y))),
        _ => CompileOther(context),
    };

    /// <summary>The forward for one of <see cref="OtherTypes"/>.</summary>
    protected virtual Action CompileOther(KernelContext context) => throw context.Unsupported(context.ElementOf(0));

    /// <summary>total[i] = total[i] joined with x[i], or with x[0] when x has one element.</summary>
    protected abstract void Join(ReadOnlySpan<float> x, Span<float> total);

    /// <summary>The reference.</summary>
    protected abstract double Join(double total, double x);

    /// <summary>The same on whole numbers.</summary>
    protected abstract long Join(long total, long x);

    /// <summary>One, two and three inputs, equal and broadcast, and one case per length no vector divides.</summary>
    protected static IEnumerable<OperatorCase> VariadicCases()
    {
        yield return new("one", Sample.Values(1, 3, 5));
        yield return new("two", Sample.Values(2, 3, 5), Sample.Values(3, 3, 5));
        yield return new("three, broadcast", Sample.Values(4, 5), Sample.Values(5, 3, 1), Sample.Values(6, 2, 1, 5));
        yield return new("scalar first", Sample.Values(7), Sample.Values(8, 7));
        yield return new("whole numbers", Sample.Longs(-9, 9, 9, 6), Sample.Longs(-9, 9, 10, 6)) { ConstantInputs = [0, 1] };
        foreach (int length in Sample.Lengths)
        {
            yield return new($"length {length}", Sample.Values(11, length), Sample.Values(12, length), Sample.Values(13, length)) { HasGolden = false };
        }
    }

    protected static Joining<T> Scalar<T>(Func<T, T, T> join) => (x, total) =>
    {
        int step = x.Length == 1 ? 0 : 1;
        for (int i = 0; i < total.Length; i++)
        {
            total[i] = join(total[i], x[i * step]);
        }
    };

    private static void Copy<T>(ReadOnlySpan<T> x, Span<T> total)
    {
        if (x.Length == 1)
        {
            total.Fill(x[0]);
        }
        else
        {
            x.CopyTo(total);
        }
    }

    private static void Each<T>(Joining<T> join, BroadcastLoop loop, ReadOnlySpan<T> x, Span<T> y)
    {
        int width = loop.Advances(0) ? loop.Inner : 1;
        for (int run = 0; run < loop.Outer; run++)
        {
            join(x.Slice(loop.Offset(0, run), width), y.Slice(run * loop.Inner, loop.Inner));
        }
    }

    protected Action Compile<T>(KernelContext context, Joining<T> join)
        where T : unmanaged, INumber<T>
    {
        var y = context.Output<T>();
        var inputs = new Buffer<T>[context.InputCount];
        var loops = new BroadcastLoop[context.InputCount];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = context.Input<T>(i);
            loops[i] = BroadcastLoop.For(context.OutputShape(), context.InputShape(i));
        }

        Joining<T> copy = Copy;
        T count = T.CreateChecked(inputs.Length);
        return () =>
        {
            Each(copy, loops[0], inputs[0].Span, y.Span);
            for (int i = 1; i < inputs.Length; i++)
            {
                Each(join, loops[i], inputs[i].Span, y.Span);
            }

            if (DividesByCount)
            {
                foreach (ref T value in y.Span)
                {
                    value /= count;
                }
            }
        };
    }
}
