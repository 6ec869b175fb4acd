using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Products of the matrices in the last two axes, the axes before them broadcast: what MatMul and its transposed forms share.</summary>
internal abstract class ProductOperator : Operator
{
    public override int MinimumInputs => 2;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var a = context.Require(0, ElementType.Float, ElementType.Double);
        var b = context.Require(1, ElementType.Float, ElementType.Double);
        context.RequireSame(1, 0);
        return [new TensorType(a.Element, OutputDimensions(context, 0, 1))];
    }

    public override Action Compile(KernelContext context)
    {
        bool transposeA = Transposed(context.Attributes, "transA");
        bool transposeB = Transposed(context.Attributes, "transB");
        var (offsets, m, n, k) = Layout(context.InputShape(0), context.InputShape(1), transposeA, transposeB);
        return context.ElementOf(0) switch
        {
            ElementType.Float => CompileFloat(context, offsets, m, n, k, transposeA, transposeB),
            ElementType.Double => CompileDouble(context, offsets, m, n, k, transposeA, transposeB),
            var other => throw context.Unsupported(other),
        };
    }

    /// <summary>The shape of the product of two inputs; default when a rank is not known.</summary>
    internal static ImmutableArray<Dimension> OutputDimensions(ShapeContext context, int first, int second)
    {
        var (a, b) = (context.Input(first), context.Input(second));
        if (!a.HasRank || !b.HasRank)
        {
            return default;
        }

        if (a.Rank == 0 || b.Rank == 0)
        {
            throw context.Error($"its inputs are {a} and {b}; at least one axis each was expected.");
        }

        // A vector on the left is a row, on the right a column; the axis this adds is taken away from the result.
        ImmutableArray<Dimension> left = a.Rank == 1 ? [1, .. a.Dimensions] : a.Dimensions;
        ImmutableArray<Dimension> right = b.Rank == 1 ? [.. b.Dimensions, 1] : b.Dimensions;
        var (m, k) = Matrix(left, Transposed(context.Attributes, "transA"));
        var (inner, n) = Matrix(right, Transposed(context.Attributes, "transB"));
        if (k.Value is int x && inner.Value is int y && x != y)
        {
            throw context.Error($"its inputs are {a} and {b}; the left has {k} columns and the right {inner} rows, which must be equal.");
        }

        var result = Broadcasting.Combine(context, left[..^2], right[..^2]);
        result = a.Rank == 1 ? result : result.Add(m);
        return b.Rank == 1 ? result : result.Add(n);
    }

    /// <summary>The sizes of each product [m, k] · [k, n], and where its matrices start.</summary>
    internal static ((int A, int B)[] Offsets, int M, int N, int K) Layout(Shape a, Shape b, bool transposeA = false, bool transposeB = false)
    {
        int[] left = [.. a.Rank == 1 ? [1] : Array.Empty<int>(), .. a.Extents];
        int[] right = [.. b.Extents, .. b.Rank == 1 ? [1] : Array.Empty<int>()];
        (int m, int k) = transposeA ? (left[^1], left[^2]) : (left[^2], left[^1]);
        int n = transposeB ? right[^2] : right[^1];
        if (right.Length == 2 && !transposeA)
        {
            // One matrix on the right: every row on the left meets it, so all of them are one matrix.
            m = new Shape(left.AsSpan(0, left.Length - 1)).Length;
            left = [m, k];
        }

        return (Offsets(left, right), m, n, k);
    }

    private static bool Transposed(Attributes attributes, string name) => attributes.Int(name, 0) != 0;

    private static (Dimension Rows, Dimension Columns) Matrix(ImmutableArray<Dimension> dimensions, bool transposed) =>
        transposed ? (dimensions[^1], dimensions[^2]) : (dimensions[^2], dimensions[^1]);

    /// <summary>Where the matrices of each product start.</summary>
    private static (int A, int B)[] Offsets(int[] left, int[] right)
    {
        var (a, b) = (new Shape(left.AsSpan(0, left.Length - 2)), new Shape(right.AsSpan(0, right.Length - 2)));
        int rank = Math.Max(a.Rank, b.Rank);
        var batch = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int x = axis - rank + a.Rank < 0 ? 1 : a[axis - rank + a.Rank];
            int y = axis - rank + b.Rank < 0 ? 1 : b[axis - rank + b.Rank];
            batch[axis] = x == 1 ? y : x;
        }

        var loop = BroadcastLoop.For(new Shape(batch), a, b);
        (int sizeA, int sizeB) = (left[^1] * left[^2], right[^1] * right[^2]);
        var offsets = new (int A, int B)[new Shape(batch).Length];
        for (int i = 0; i < offsets.Length; i++)
        {
            (int run, int within) = Math.DivRem(i, loop.Inner);
            int x = loop.Offset(0, run) + (loop.Advances(0) ? within : 0);
            int y = loop.Offset(1, run) + (loop.Advances(1) ? within : 0);
            offsets[i] = (x * sizeA, y * sizeB);
        }

        return offsets;
    }

    private static Action CompileFloat(KernelContext context, (int A, int B)[] offsets, int m, int n, int k, bool transposeA, bool transposeB)
    {
        var (a, c) = (context.Input<float>(0), context.Output<float>());
        var (product, b) = FloatProduct.For(context, m, n, k, transposeA, transposeB, input: 1);
        return () =>
        {
            for (int i = 0; i < offsets.Length; i++)
            {
                product.Run(a.Span.Slice(offsets[i].A, m * k), b.Length == 0 ? default : b.Span.Slice(offsets[i].B, k * n), c.Span.Slice(i * m * n, m * n));
            }
        };
    }

    private static Action CompileDouble(KernelContext context, (int A, int B)[] offsets, int m, int n, int k, bool transposeA, bool transposeB)
    {
        var (a, b, c) = (context.Input<double>(0), context.Input<double>(1), context.Output<double>());
        return () =>
        {
            for (int i = 0; i < offsets.Length; i++)
            {
                DoubleProduct.Multiply(m, n, k, a.Span.Slice(offsets[i].A, m * k), transposeA, b.Span.Slice(offsets[i].B, k * n), transposeB, c.Span.Slice(i * m * n, m * n));
            }
        };
    }
}
