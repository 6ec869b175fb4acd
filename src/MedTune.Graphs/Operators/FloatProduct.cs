using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>A float matrix product of fixed sizes over contiguous row-major matrices, with its packing memory reserved.</summary>
internal sealed class FloatProduct
{
    /// <summary>Up to so many columns of a transposed B are done one by one: 2 to 4 classes.</summary>
    private const int FewColumns = 4;

    /// <summary>From so many numbers on a constant B is packed once: copying it takes longer than looking after the copy.</summary>
    private const int PackedLimit = 4096;

    private readonly (int M, int N, int K) _size;
    private readonly bool _transposeA;
    private readonly bool _transposeB;
    private readonly MatrixWorkspace _workspace;
    private readonly TaskPool _pool;
    private readonly PackedMatrix? _packed;

    private FloatProduct((int M, int N, int K) size, bool transposeA, bool transposeB, MatrixWorkspace workspace, TaskPool pool, PackedMatrix? packed = null)
    {
        _size = size;
        _transposeA = transposeA;
        _transposeB = transposeB;
        _workspace = workspace;
        _pool = pool;
        _packed = packed;
        _workspace.Reserve(size.M, size.N, size.K);
    }

    /// <summary>C [m, n] = A · B with A [m, k] or [k, m] when transposed, B [k, n] or [n, k] when transposed, with the plan's memory and threads.</summary>
    public static FloatProduct For(KernelContext context, int m, int n, int k, bool transposeA, bool transposeB) =>
        new((m, n, k), transposeA, transposeB, context.Workspace, context.Pool);

    /// <summary>The same where B is an input of the node: one that is known while compiling is packed then, once for all runs, and gets no other memory.</summary>
    public static (FloatProduct Product, Buffer<float> B) For(KernelContext context, int m, int n, int k, bool transposeA, bool transposeB, int input)
    {
        PackedMatrix? packed = null;
        if (context.Constant(input) is Tensor<float> known && known.Length >= PackedLimit && known.Length == n * k && (transposeA || n > FewColumns))
        {
            packed = new PackedMatrix(k, n);
            packed.Pack(known.Values, transposeB ? k : n, transposeB, context.Pool);
        }

        var product = new FloatProduct((m, n, k), transposeA, transposeB, context.Workspace, context.Pool, packed);
        return (product, packed is null ? context.Input<float>(input) : default);
    }

    /// <summary>The same on the caller's thread with memory of its own, so that several can run at once.</summary>
    public static FloatProduct Alone(int m, int n, int k, bool transposeA, bool transposeB, MatrixWorkspace? workspace = null) =>
        new((m, n, k), transposeA, transposeB, workspace ?? new MatrixWorkspace(), TaskPool.Sequential);

    /// <summary>Computes C, with a bias of n values added to every row unless it is empty. B is empty where it was packed.</summary>
    public void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, ReadOnlySpan<float> bias = default)
    {
        (int m, int n, int k) = _size;
        if (!_transposeA && (n == 1 || (_transposeB && n <= FewColumns)))
        {
            for (int column = 0; column < n; column++)
            {
                Column(m, k, a, b.Slice(column * k, k), c[Math.Min(column, c.Length)..], n);
            }

            AddBias(c, bias);
            return;
        }

        if (_packed is not null)
        {
            MatrixProduct.Multiply(m, a, _transposeA ? m : k, _transposeA, _packed, c, n, _workspace, _pool, accumulate: false, bias);
            return;
        }

        MatrixProduct.Multiply(
            m, n, k, a, _transposeA ? m : k, _transposeA, b, _transposeB ? k : n, _transposeB, c, n, _workspace, _pool, accumulate: false, bias);
    }

    /// <summary>Computes C with a finish; in tiles also where there are few columns.</summary>
    public void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, ProductFinish finish)
    {
        (int m, int n, int k) = _size;
        MatrixProduct.Multiply(
            m, n, k, a, _transposeA ? m : k, _transposeA, b, _transposeB ? k : n, _transposeB, _packed, c, n, finish, _workspace, _pool);
    }

    /// <summary>
    /// A matrix by one column, where tiles of many columns would be nearly empty. Scalar, eight rows side by side: every output keeps the chain of
    /// the matrix product, a fused multiply-add chain from zero per block of <see cref="NumericsProfile.DepthBlock"/> terms, the blocks then added in order.
    /// </summary>
    private static void Column(int m, int k, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int step)
    {
        for (int first = 0; first == 0 || first < k; first += NumericsProfile.DepthBlock)
        {
            int depth = Math.Min(NumericsProfile.DepthBlock, k - first);
            var terms = b.Slice(first, depth);
            int row = 0;
            for (; row + 8 <= m; row += 8)
            {
                EightRows(a[((row * k) + first)..], k, terms, c[(row * step)..], step, first > 0);
            }

            for (; row < m; row++)
            {
                var values = a.Slice((row * k) + first, depth);
                float sum = 0;
                for (int l = 0; l < terms.Length; l++)
                {
                    sum = MathF.FusedMultiplyAdd(values[l], terms[l], sum);
                }

                c[row * step] = first > 0 ? c[row * step] + sum : sum;
            }
        }
    }

    private static void AddBias(Span<float> c, ReadOnlySpan<float> bias)
    {
        if (bias.Length == 1)
        {
            ElementWise.Map<AddKernel>(c, bias[0], c);
            return;
        }

        for (int start = 0; start < c.Length && !bias.IsEmpty; start += bias.Length)
        {
            for (int column = 0; column < bias.Length; column++)
            {
                c[start + column] += bias[column];
            }
        }
    }

    private static void EightRows(ReadOnlySpan<float> a, int k, ReadOnlySpan<float> terms, Span<float> c, int step, bool accumulate)
    {
        var (a0, a1, a2, a3) = (0, k, 2 * k, 3 * k);
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        ref float start = ref MemoryMarshal.GetReference(a);
        for (int l = 0; l < terms.Length; l++)
        {
            float term = terms[l];
            ref float x = ref Unsafe.Add(ref start, l);
            ref float y = ref Unsafe.Add(ref x, 4 * k);
            s0 = MathF.FusedMultiplyAdd(Unsafe.Add(ref x, a0), term, s0);
            s1 = MathF.FusedMultiplyAdd(Unsafe.Add(ref x, a1), term, s1);
            s2 = MathF.FusedMultiplyAdd(Unsafe.Add(ref x, a2), term, s2);
            s3 = MathF.FusedMultiplyAdd(Unsafe.Add(ref x, a3), term, s3);
            s4 = MathF.FusedMultiplyAdd(Unsafe.Add(ref y, a0), term, s4);
            s5 = MathF.FusedMultiplyAdd(Unsafe.Add(ref y, a1), term, s5);
            s6 = MathF.FusedMultiplyAdd(Unsafe.Add(ref y, a2), term, s6);
            s7 = MathF.FusedMultiplyAdd(Unsafe.Add(ref y, a3), term, s7);
        }

        ReadOnlySpan<float> sums = [s0, s1, s2, s3, s4, s5, s6, s7];
        for (int row = 0; row < sums.Length; row++)
        {
            c[row * step] = accumulate ? c[row * step] + sums[row] : sums[row];
        }
    }
}
