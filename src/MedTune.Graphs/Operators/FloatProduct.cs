using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A float matrix product of fixed sizes over contiguous row-major matrices: every output is a chain of fused multiply-adds over k.</summary>
internal sealed class FloatProduct
{
    private readonly int _m;
    private readonly int _n;
    private readonly int _k;
    private readonly bool _transposeA;
    private readonly bool _transposeB;

    private FloatProduct(int m, int n, int k, bool transposeA, bool transposeB) =>
        (_m, _n, _k, _transposeA, _transposeB) = (m, n, k, transposeA, transposeB);

    /// <summary>C [m, n] = A · B with A [m, k] or [k, m] when transposed, B [k, n] or [n, k] when transposed.</summary>
    public static FloatProduct For(KernelContext context, int m, int n, int k, bool transposeA, bool transposeB) =>
        new(m, n, k, transposeA, transposeB);

    /// <summary>Computes C.</summary>
    public void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c)
    {
        for (int i = 0; i < _m; i++)
        {
            for (int j = 0; j < _n; j++)
            {
                float sum = 0;
                for (int l = 0; l < _k; l++)
                {
                    sum = MathF.FusedMultiplyAdd(a[_transposeA ? (l * _m) + i : (i * _k) + l], b[_transposeB ? (j * _k) + l : (l * _n) + j], sum);
                }

                c[(i * _n) + j] = sum;
            }
        }
    }
}
