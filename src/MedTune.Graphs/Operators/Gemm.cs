using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>alpha · A · B + beta · C over matrices, A and B transposed where said; C broadcasts to the product.</summary>
internal sealed class Gemm : Operator
{
    public override string Name => "Gemm";

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var both = Attributes.None.With("transA", 1).With("transB", 1);
            yield return new("plain", Sample.Values(1, 3, 5), Sample.Values(2, 5, 4)) { FloatTolerance = 1e-5 };
            yield return new("bias", Sample.Values(3, 3, 5), Sample.Values(4, 5, 4), Sample.Values(5, 4)) { FloatTolerance = 1e-5 };
            yield return new("transposed, scaled", Sample.Values(6, 5, 3), Sample.Values(7, 4, 5), Sample.Values(8, 3, 1))
            {
                Attributes = both.With("alpha", 0.5f).With("beta", 2f),
                FloatTolerance = 1e-5,
            };
            yield return new("weights by row", Sample.Values(9, 19, 3), Sample.Values(10, 2, 3), Sample.Values(11, 1, 2))
            {
                Attributes = Attributes.None.With("transB", 1),
                FloatTolerance = 1e-5,
            };
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(12, 3, length), Sample.Values(13, length, 5)) { HasGolden = false, FloatTolerance = 1e-4 };
                yield return new($"width {length}", Sample.Values(14, 3, 7), Sample.Values(15, 7, length)) { HasGolden = false, FloatTolerance = 1e-5 };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var a = Matrix(context, 0);
        var b = Matrix(context, 1);
        context.RequireSame(1, 0);
        bool transA = context.Attributes.Int("transA", 0) != 0;
        bool transB = context.Attributes.Int("transB", 0) != 0;
        if (a.IsDefault || b.IsDefault)
        {
            return [new TensorType(context.Input(0).Element, [Dimension.Unknown, Dimension.Unknown])];
        }

        var (m, k) = transA ? (a[1], a[0]) : (a[0], a[1]);
        var (inner, n) = transB ? (b[1], b[0]) : (b[0], b[1]);
        if (k.Value is int left && inner.Value is int right && left != right)
        {
            throw context.Error($"A has {k} columns and B has {inner} rows (after transposing); they must be equal.");
        }

        if (context.Has(2))
        {
            context.RequireSame(2, 0);
            if (context.Input(2).HasRank)
            {
                Broadcasting.Combine(context, [m, n], context.Input(2).Dimensions);
            }
        }

        return [new TensorType(context.Input(0).Element, [m, n])];
    }

    public override Action Compile(KernelContext context)
    {
        bool transposeA = context.Attributes.Int("transA", 0) != 0;
        bool transposeB = context.Attributes.Int("transB", 0) != 0;
        (int m, int n) = (context.OutputShape()[0], context.OutputShape()[1]);
        int k = context.InputShape(0)[transposeA ? 0 : 1];
        switch (context.ElementOf(0))
        {
            case ElementType.Float:
                var (a, y) = (context.Input<float>(0), context.Output<float>());
                var (product, b) = FloatProduct.For(context, m, n, k, transposeA, transposeB, input: 1);
                if (IsPlainBias(context))
                {
                    var bias = context.Input<float>(2);
                    return () => product.Run(a.Span, b.Span, y.Span, bias.Span);
                }

                return Compile<float>(context, () => product.Run(a.Span, b.Span, y.Span));
            case ElementType.Double:
                var (left, right, result) = (context.Input<double>(0), context.Input<double>(1), context.Output<double>());
                return Compile<double>(context, () => DoubleProduct.Multiply(m, n, k, left.Span, transposeA, right.Span, transposeB, result.Span));
            case var other:
                throw context.Unsupported(other);
        }
    }

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (a, b, dy) = (context.Input(0), context.Input(1), context.OutputGradient());
        bool transposeA = context.Attributes.Int("transA", 0) != 0;
        bool transposeB = context.Attributes.Int("transB", 0) != 0;
        var scaled = context.Attributes.Has("alpha") ? Attributes.None.With("alpha", context.Attributes.Float("alpha", 1)) : Attributes.None;
        if (context.Needs(0))
        {
            context.Set(0, transposeA
                ? build.Append("Gemm", [b, dy], scaled.With("transA", transposeB).With("transB", 1))
                : build.Append("Gemm", [dy, b], scaled.With("transB", !transposeB)));
        }

        if (context.Needs(1))
        {
            // The rows of A are the samples, unless A is transposed and they are spread over its columns.
            context.Set(1, transposeA
                ? build.Append("Gemm", transposeB ? [dy, a] : [a, dy], transposeB ? scaled.With("transA", 1).With("transB", 1) : scaled)
                : build.Append("SampleProduct", transposeB ? [dy, a] : [a, dy], scaled, InternalDomain));
        }

        if (context.Needs(2))
        {
            float beta = context.Attributes.Float("beta", 1);
            context.SetReduced(2, beta == 1 ? dy : build.Multiply(dy, build.Scalar(beta, dy)));
        }
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => opset < 7 && node.Attributes.Has("broadcast")
        ? node with { Attributes = node.Attributes.Without("broadcast") }
        : node;

    /// <summary>Whether C is one row that the product itself can add.</summary>
    private static bool IsPlainBias(KernelContext context)
    {
        if (!context.Has(2) || context.Attributes.Float("alpha", 1) != 1 || context.Attributes.Float("beta", 1) != 1)
        {
            return false;
        }

        var shape = context.InputShape(2);
        return shape.Rank > 0 && shape[-1] == context.OutputShape()[1] && shape[-1] == shape.Length;
    }

    private static Action Compile<T>(KernelContext context, Action product)
        where T : unmanaged, INumber<T>
    {
        T alpha = T.CreateChecked(context.Attributes.Float("alpha", 1));
        T beta = T.CreateChecked(context.Attributes.Float("beta", 1));
        var y = context.Output<T>();
        var c = context.Has(2) ? context.Input<T>(2) : default;
        var loop = context.Has(2) ? BroadcastLoop.For(context.OutputShape(), context.InputShape(2)) : null;
        return () =>
        {
            product();
            AddBias(y.Span, c.Span, loop, alpha, beta);
        };
    }

    private static void AddBias<T>(Span<T> y, ReadOnlySpan<T> c, BroadcastLoop? loop, T alpha, T beta)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; alpha != T.One && i < y.Length; i++)
        {
            y[i] *= alpha;
        }

        for (int run = 0; loop is not null && run < loop.Outer; run++)
        {
            int start = loop.Offset(0, run);
            int step = loop.Advances(0) ? 1 : 0;
            var row = y.Slice(run * loop.Inner, loop.Inner);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] += beta * c[start + (i * step)];
            }
        }
    }

    private static ImmutableArray<Dimension> Matrix(ShapeContext context, int input)
    {
        var type = context.Require(input, ElementType.Float, ElementType.Double);
        return !type.HasRank || type.Rank == 2
            ? type.Dimensions
            : throw context.Error($"its input {input} ('{context.Node.Inputs[input]}') is {type}; a matrix (rank 2) was expected.");
    }
}
