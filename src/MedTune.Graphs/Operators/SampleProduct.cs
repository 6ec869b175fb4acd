using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of weights: left [N, ..., P] and right [N, ..., Q] give the sum over samples and the axes between of left's row by right's, [P, Q],
/// times alpha. Every shard of samples gives one product, and these are added over a fixed tree (<see cref="SampleShards"/>).
/// </summary>
internal sealed class SampleProduct : Operator
{
    /// <summary>Multiply-adds from which the blocks are worth waking a thread.</summary>
    private const long SharedLimit = 1 << 23;

    // A block of the result, and its open sums: at most one for each level of the tree of 8 shards, and the newest.
    private const int BlockRows = 96;
    private const int BlockColumns = 192;
    private const int Levels = 4;

    public override string Name => "SampleProduct";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("few samples", Sample.Values(1, 3, 2), Sample.Values(2, 3, 4)) { FloatTolerance = 1e-5 };
            yield return new("samples", Sample.Values(3, 19, 5), Sample.Values(4, 19, 3)) { FloatTolerance = 1e-5, Attributes = Attributes.None.With("alpha", 0.5f) };
            yield return new("one column", Sample.Values(5, 17, 5), Sample.Values(6, 17, 1)) { FloatTolerance = 1e-5 };
            yield return new("more axes", Sample.Values(7, 9, 2, 3), Sample.Values(8, 9, 2, 2)) { FloatTolerance = 1e-5 };
            foreach (int length in Sample.Lengths)
            {
                yield return new($"samples {length}", Sample.Values(9, length, 3), Sample.Values(10, length, 2)) { HasGolden = false, FloatTolerance = 1e-4 };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var left = context.Require(0, ElementType.Float, ElementType.Double);
        var right = context.Require(1, ElementType.Float, ElementType.Double);
        return [new TensorType(left.Element, [left.HasRank ? left.Dimensions[^1] : Dimension.Unknown, right.HasRank ? right.Dimensions[^1] : Dimension.Unknown])];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => CompileFloat(context),
        ElementType.Double => CompileDouble(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>
    /// Every block of the result is computed for one shard after the other and added up as the tree says, so that partial sums stay in the cache and the
    /// threads share the blocks. Element by element the order is that of whole products added afterwards.
    /// </summary>
    private static Action CompileFloat(KernelContext context)
    {
        var shards = Shards(context);
        (int p, int q) = (context.OutputShape()[0], context.OutputShape()[1]);
        var (left, right, y) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>());
        float alpha = context.Attributes.Float("alpha", 1);
        (int height, int width) = (Math.Min(p, BlockRows), Math.Min(q, BlockColumns));
        if (shards.Length == 0 || height == 0 || width == 0)
        {
            return () => y.Span.Clear();
        }

        int across = (q + width - 1) / width;
        int units = across * ((p + height - 1) / height);
        var workers = new (MatrixWorkspace Packing, Buffer<float> Sums)[WorkerLoop.Workers(context.Pool, units)];
        for (int worker = 0; worker < workers.Length; worker++)
        {
            workers[worker] = (new MatrixWorkspace(), context.Scratch<float>(Levels * height * width));
            workers[worker].Packing.Reserve(height, width, shards.Max(shard => shard.Rows));
        }

        var pool = (long)left.Length * q > SharedLimit ? context.Pool : TaskPool.Sequential;
        return new WorkerLoop(pool, units, (worker, unit) =>
        {
            (int row, int column) = (unit / across * height, unit % across * width);
            (int rows, int columns) = (Math.Min(height, p - row), Math.Min(width, q - column));
            var (packing, sums) = workers[worker];
            int size = rows * columns;
            int top = 0;
            for (int shard = 0; shard < shards.Length; shard++, top++)
            {
                (int start, int count) = shards[shard];
                MatrixProduct.Multiply(
                    rows, columns, count, left.Span[((start * p) + row)..], p, true, right.Span[((start * q) + column)..], q, false, sums.Span.Slice(top * size, size), columns, packing, TaskPool.Sequential);

                // Shard number s closes as many sums as s has trailing ones; after the last one all that are open are closed.
                int closed = shard == shards.Length - 1 ? top : BitOperations.TrailingZeroCount(~shard);
                for (; closed > 0; closed--, top--)
                {
                    var sum = sums.Span.Slice((top - 1) * size, size);
                    ElementWise.Map<AddKernel>(sum, sums.Span.Slice(top * size, size), sum);
                }
            }

            for (int i = 0; i < rows; i++)
            {
                ElementWise.Map<MultiplyKernel>(sums.Span.Slice(i * columns, columns), alpha, y.Span.Slice(((row + i) * q) + column, columns));
            }
        }).Run;
    }

    private static Action CompileDouble(KernelContext context)
    {
        var shards = Shards(context);
        (int p, int q) = (context.OutputShape()[0], context.OutputShape()[1]);
        var (left, right, y) = (context.Input<double>(0), context.Input<double>(1), context.Output<double>());
        var partial = context.Scratch<double>(Math.Max(1, shards.Length) * p * q);
        double alpha = context.Attributes.Float("alpha", 1);
        return () =>
        {
            partial.Span.Clear();
            for (int shard = 0; shard < shards.Length; shard++)
            {
                (int start, int rows) = shards[shard];
                for (int row = start; row < start + rows; row++)
                {
                    DoubleProduct.AddOuter(left.Span.Slice(row * p, p), right.Span.Slice(row * q, q), partial.Span.Slice(shard * p * q, p * q));
                }
            }

            SampleShards.AddTree(partial.Span, shards.Length, p * q);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = alpha * partial[i];
            }
        };
    }

    /// <summary>The rows of each shard that has samples; the axes between the first and the last belong to the sample.</summary>
    private static (int Start, int Rows)[] Shards(KernelContext context)
    {
        var shape = context.InputShape(0);
        int batch = shape[0];
        int each = new Shape(shape.Extents[1..^1]).Length;
        return [.. Enumerable.Range(0, SampleShards.Count)
            .Select(shard => (Start: SampleShards.Start(shard, batch) * each, End: SampleShards.Start(shard + 1, batch) * each))
            .Where(shard => shard.End > shard.Start)
            .Select(shard => (shard.Start, shard.End - shard.Start))];
    }
}
