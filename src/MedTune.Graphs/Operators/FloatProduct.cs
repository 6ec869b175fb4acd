using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A float matrix product of fixed sizes over contiguous row-major matrices, with its packing memory reserved.</summary>
internal sealed class FloatProduct
{
    private readonly (int M, int N, int K) _size;
    private readonly bool _transposeA;
    private readonly bool _transposeB;
    private readonly MatrixWorkspace _workspace;
    private readonly TaskPool _pool;

    private FloatProduct((int M, int N, int K) size, bool transposeA, bool transposeB, KernelContext context)
    {
        _size = size;
        _transposeA = transposeA;
        _transposeB = transposeB;
        _workspace = context.Workspace;
        _pool = context.Pool;
        _workspace.Reserve(size.M, size.N, size.K);
    }

    /// <summary>C [m, n] = A · B with A [m, k] or [k, m] when transposed, B [k, n] or [n, k] when transposed.</summary>
    public static FloatProduct For(KernelContext context, int m, int n, int k, bool transposeA, bool transposeB) =>
        new((m, n, k), transposeA, transposeB, context);

    /// <summary>Computes C, with a bias of n values added to every row unless it is empty.</summary>
    public void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, ReadOnlySpan<float> bias = default)
    {
        (int m, int n, int k) = _size;
        MatrixProduct.Multiply(
            m, n, k, a, _transposeA ? m : k, _transposeA, b, _transposeB ? k : n, _transposeB, c, n, _workspace, _pool, accumulate: false, bias);
    }
}
