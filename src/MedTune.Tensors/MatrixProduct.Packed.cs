namespace MedTune.Tensors;

public static unsafe partial class MatrixProduct
{
    /// <summary><c>c = op(a) b + bias</c>, or <c>c = c + op(a) b + bias</c>, with b packed before.</summary>
    /// <param name="m">Rows of c.</param>
    /// <param name="a">m x K, or K x m when <paramref name="transposeA"/>.</param>
    /// <param name="lda">Row step of <paramref name="a"/> as it is stored.</param>
    /// <param name="transposeA">Whether <paramref name="a"/> holds the transposed matrix.</param>
    /// <param name="b">The packed K x N matrix.</param>
    /// <param name="c">m x N; must not overlap a.</param>
    /// <param name="ldc">Row step of <paramref name="c"/>.</param>
    /// <param name="workspace">Memory for a packed copy of a; nothing is allocated once it is large enough.</param>
    /// <param name="pool">Who does the work.</param>
    /// <param name="accumulate">Whether to add to what c holds.</param>
    /// <param name="bias">Empty, or N values added to every row at the end.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, a row step is too small, or c overlaps an input.</exception>
    public static void Multiply(
        int m,
        ReadOnlySpan<float> a,
        int lda,
        bool transposeA,
        PackedMatrix b,
        Span<float> c,
        int ldc,
        MatrixWorkspace workspace,
        TaskPool pool,
        bool accumulate = false,
        ReadOnlySpan<float> bias = default)
    {
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(pool);
        Require(a.Length, transposeA ? b.K : m, transposeA ? m : b.K, lda, nameof(a));
        fixed (float* first = a, result = c, addend = bias)
        {
            var job = new ProductJob<float>
            {
                M = m,
                N = b.N,
                K = b.K,
                A = first,
                ARow = transposeA ? 1 : lda,
                ADepth = transposeA ? lda : 1,
                PackedB = b.Start,
            };
            RequireResult(job, c, ldc, bias);
            Complete(ref job, result, ldc, accumulate, addend);
            if (a.Overlaps(c))
            {
                throw new ArgumentException("The result of a matrix product must not overlap its inputs.", nameof(c));
            }

            if (IsEmpty(in job, c, ldc, bias))
            {
                return;
            }

            Multiply(job, workspace, pool);
            GC.KeepAlive(b);
        }
    }

    internal static long PackedLength(int n, int k) => InstructionSets.Active switch
    {
        InstructionSet.Vector512 => ProductDriver<float, FloatTiles512>.PackedLength(n, k),
        InstructionSet.Vector256 => ProductDriver<float, FloatTiles256>.PackedLength(n, k),
        InstructionSet.Vector128 => ProductDriver<float, FloatTiles128>.PackedLength(n, k),
        _ => ProductDriver<float, FloatTilesScalar>.PackedLength(n, k),
    };

    internal static void Pack(ReadOnlySpan<float> b, int ldb, bool transpose, PackedMatrix destination, TaskPool pool)
    {
        Require(b.Length, transpose ? destination.N : destination.K, transpose ? destination.K : destination.N, ldb, nameof(b));
        if (destination.K == 0 || destination.N == 0)
        {
            return;
        }

        fixed (float* source = b)
        {
            var job = new ProductJob<float>
            {
                N = destination.N,
                K = destination.K,
                B = source,
                BDepth = transpose ? 1 : ldb,
                BColumn = transpose ? ldb : 1,
                PackedB = destination.Start,
            };
            switch (InstructionSets.Active)
            {
                case InstructionSet.Vector512:
                    ProductDriver<float, FloatTiles512>.PackB(job, pool);
                    break;
                case InstructionSet.Vector256:
                    ProductDriver<float, FloatTiles256>.PackB(job, pool);
                    break;
                case InstructionSet.Vector128:
                    ProductDriver<float, FloatTiles128>.PackB(job, pool);
                    break;
                default:
                    ProductDriver<float, FloatTilesScalar>.PackB(job, pool);
                    break;
            }
        }
    }
}
