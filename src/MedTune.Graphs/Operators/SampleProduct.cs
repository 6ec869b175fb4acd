using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of weights: left [N, ..., P] and right [N, ..., Q] give the sum over samples and the axes between of left's row by right's, [P, Q],
/// times alpha. Every shard of samples gives one product, and these are added over a fixed tree (<see cref="SampleShards"/>).
/// </summary>
internal sealed class SampleProduct : Operator
{
    /// <summary>Multiply-adds from which the shards are worth a task each: 8 of about 30 microseconds.</summary>
    private const long SharedLimit = 1 << 24;

    private delegate void ShardProduct<T>(int shard, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> sum);

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

    private static Action CompileFloat(KernelContext context)
    {
        var shards = Shards(context);
        (int p, int q) = (context.OutputShape()[0], context.OutputShape()[1]);

        // Shards are shared out among the threads where each is worth a task; each then needs packing memory of its own.
        bool apart = context.Pool.Threads > 1 && (long)context.InputShape(0).Length * q > SharedLimit;
        var products = new FloatProduct[shards.Length];
        for (int shard = 0; shard < shards.Length; shard++)
        {
            products[shard] = apart
                ? FloatProduct.Alone(p, q, shards[shard].Rows, transposeA: true, transposeB: false)
                : FloatProduct.For(context, p, q, shards[shard].Rows, transposeA: true, transposeB: false);
        }

        return Compile<float>(context, shards, (shard, left, right, sum) => products[shard].Run(left, right, sum), apart ? context.Pool : TaskPool.Sequential);
    }

    private static Action CompileDouble(KernelContext context)
    {
        var shards = Shards(context);
        (int p, int q) = (context.OutputShape()[0], context.OutputShape()[1]);
        return Compile<double>(
            context,
            shards,
            (shard, left, right, sum) =>
            {
                sum.Clear();
                for (int row = 0; row < shards[shard].Rows; row++)
                {
                    DoubleProduct.AddOuter(left.Slice(row * p, p), right.Slice(row * q, q), sum);
                }
            },
            TaskPool.Sequential);
    }

    private static Action Compile<T>(KernelContext context, (int Start, int Rows)[] shards, ShardProduct<T> product, TaskPool pool)
        where T : unmanaged, INumber<T>
    {
        var (left, right, y) = (context.Input<T>(0), context.Input<T>(1), context.Output<T>());
        (int p, int q) = (context.OutputShape()[0], context.OutputShape()[1]);
        var partial = context.Scratch<T>(Math.Max(1, shards.Length) * p * q);
        T alpha = T.CreateChecked(context.Attributes.Float("alpha", 1));
        Action<int> one = shard =>
        {
            (int start, int rows) = shards[shard];
            product(shard, left.Span.Slice(start * p, rows * p), right.Span.Slice(start * q, rows * q), partial.Span.Slice(shard * p * q, p * q));
        };
        return () =>
        {
            pool.Run(shards.Length, one, static (run, shard) => run(shard));
            SampleShards.AddTree(partial.Span, shards.Length, p * q);
            partial.Span[..(p * q)].CopyTo(y.Span);
            if (shards.Length == 0)
            {
                y.Span.Clear();
            }
            else if (alpha != T.One)
            {
                foreach (ref T value in y.Span)
                {
                    value *= alpha;
                }
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
