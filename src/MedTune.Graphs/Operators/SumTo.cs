using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The way back of broadcasting: sums the first input down to the shape of the second (only its shape is read). A sum over the first
/// axis, the samples, is cut in shards (<see cref="SampleShards"/>).
/// </summary>
internal sealed class SumTo : Operator
{
    public override string Name => "SumTo";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("to a row", Sample.Values(1, 3, 5), Sample.Values(2, 5));
            yield return new("to a row, many samples", Sample.Values(1, 21, 5), Sample.Values(2, 5));
            yield return new("to a column", Sample.Values(3, 3, 5), Sample.Values(4, 3, 1));
            yield return new("to a scalar", Sample.Values(5, 19, 2), Sample.Values(6));
            yield return new("to a middle axis", Sample.Values(7, 4, 3, 2), Sample.Values(8, 3, 1));
            yield return new("nothing to sum", Sample.Values(9, 4, 3), Sample.Values(10, 4, 3));
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(11, 9, length), Sample.Values(12, length)) { HasGolden = false };
                yield return new($"batch {length}", Sample.Values(13, length, 3), Sample.Values(14, 3)) { HasGolden = false, FloatTolerance = 1e-5 };
            }
        }
    }

    public override bool ReadsValues(int input) => input != 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.RequireSame(1, 0);
        return [context.Input(1)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Expand(context.OutputGradient(), context.Builder.Shape(context.Input(0))));

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var (shape, target) = (context.InputShape(0), context.OutputShape());
        var along = new bool[shape.Rank];
        for (int axis = 0; axis < along.Length; axis++)
        {
            int own = axis - shape.Rank + target.Rank;
            along[axis] = own < 0 || target[own] != shape[axis];
        }

        var (x, y) = (context.Input<T>(0), context.Output<T>());
        if (shape.Rank == 0 || !along[0])
        {
            var rows = RowGathering.For(shape, along);
            return () => SumRows(rows, x.Span, y.Span);
        }

        // Samples first: every shard sums its samples, each of which is reduced over the other axes first. Threads share the shards.
        int batch = shape[0];
        int stride = batch == 0 ? 0 : shape.Length / batch;
        var sample = RowGathering.For(new Shape(shape.Extents[1..]), along.AsSpan(1));
        int shards = SampleShards.Filled(batch);
        var partial = context.Scratch<T>(Math.Max(1, shards) * y.Length);
        var filled = Enumerable.Range(0, SampleShards.Count).Select(shard => (Start: SampleShards.Start(shard, batch), End: SampleShards.Start(shard + 1, batch)))
            .Where(shard => shard.End > shard.Start).ToArray();
        var sums = Chunks.Each(
            context.Pool,
            filled.Length,
            shard => SumShard(sample, x.Span[(filled[shard].Start * stride)..(filled[shard].End * stride)], stride, partial.Span.Slice(shard * y.Length, y.Length)),
            shape.Length / SampleShards.Count);
        return () =>
        {
            partial.Span.Clear();
            sums();
            SampleShards.AddTree(partial.Span, shards, y.Length);
            partial.Span[..y.Length].CopyTo(y.Span);
        };
    }

    /// <summary>Adds the samples of one shard to a sum that is zero so far.</summary>
    private static void SumShard<T>(RowGathering sample, ReadOnlySpan<T> values, int stride, Span<T> sum)
        where T : unmanaged, INumber<T>
    {
        if (sample.Width == 1)
        {
            AddSamples(values, stride == 0 ? 0 : values.Length / stride, sum);
            return;
        }

        for (int start = 0; start < values.Length; start += stride)
        {
            AddRows(sample, values.Slice(start, stride), sum);
        }
    }

    /// <summary>Adds whole samples, one per row, to a sum that is zero so far.</summary>
    private static void AddSamples<T>(ReadOnlySpan<T> values, int samples, Span<T> sum)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            var floats = MemoryMarshal.Cast<T, float>(values);
            var total = MemoryMarshal.Cast<T, float>(sum);
            if (total.Length == 1)
            {
                total[0] = Reductions.Sum(floats);
            }
            else
            {
                Reductions.SumRows(floats, samples, total.Length, total);
            }

            return;
        }

        for (int start = 0; start < values.Length; start += sum.Length)
        {
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += values[start + i];
            }
        }
    }

    private static void SumRows<T>(RowGathering rows, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, INumber<T>
    {
        y.Clear();
        AddRows(rows, x, y);
    }

    private static void AddRows<T>(RowGathering rows, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, INumber<T>
    {
        for (int row = 0; row < rows.Count; row++)
        {
            T sum = x[rows.Index(row, 0)];
            for (int i = 1; i < rows.Width; i++)
            {
                sum += x[rows.Index(row, i)];
            }

            y[row] += sum;
        }
    }
}
