namespace MedTune.Tensors;

public static unsafe partial class MatrixProduct
{
    /// <summary><c>c = activation(op(a) op(b) + bias) + addend</c>, in float: the rest is done block by block while the sums are in the cache.</summary>
    /// <param name="m">Rows of c.</param>
    /// <param name="n">Columns of c.</param>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="a">m x k, or k x m when <paramref name="transposeA"/>.</param>
    /// <param name="lda">Row step of <paramref name="a"/> as it is stored.</param>
    /// <param name="transposeA">Whether <paramref name="a"/> holds the transposed matrix.</param>
    /// <param name="b">k x n, or n x k when <paramref name="transposeB"/>; not read where <paramref name="packed"/> is given.</param>
    /// <param name="ldb">Row step of <paramref name="b"/> as it is stored.</param>
    /// <param name="transposeB">Whether <paramref name="b"/> holds the transposed matrix.</param>
    /// <param name="packed">The same matrix packed before, or null.</param>
    /// <param name="c">m x n; must not overlap the inputs.</param>
    /// <param name="ldc">Row step of <paramref name="c"/>.</param>
    /// <param name="finish">Bias, activation and addend.</param>
    /// <param name="workspace">Memory for packed copies; nothing is allocated once it is large enough.</param>
    /// <param name="pool">Who does the work.</param>
    /// <exception cref="ArgumentException">A span is too short for its shape, a row step is too small, or c overlaps an input.</exception>
    public static void Multiply(
        int m,
        int n,
        int k,
        ReadOnlySpan<float> a,
        int lda,
        bool transposeA,
        ReadOnlySpan<float> b,
        int ldb,
        bool transposeB,
        PackedMatrix? packed,
        Span<float> c,
        int ldc,
        ProductFinish finish,
        MatrixWorkspace workspace,
        TaskPool pool)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        Require(a.Length, transposeA ? k : m, transposeA ? m : k, lda, nameof(a));
        if (packed is null)
        {
            Require(b.Length, transposeB ? n : k, transposeB ? k : n, ldb, nameof(b));
        }
        else if (packed.N != n || packed.K != k)
        {
            throw new ArgumentException($"The packed matrix is {packed.K} x {packed.N}; {k} x {n} was expected.", nameof(packed));
        }

        if (!finish.Addend.IsEmpty)
        {
            Require(finish.Addend.Length, m, n, ldc, nameof(finish));
        }

        if (a.Overlaps(c) || b.Overlaps(c) || finish.Addend.Overlaps(c))
        {
            throw new ArgumentException("The result of a matrix product must not overlap its inputs.", nameof(c));
        }

        fixed (float* first = a, second = b, result = c, bias = finish.Bias, addend = finish.Addend)
        {
            var job = new ProductJob<float>
            {
                M = m,
                N = n,
                K = k,
                A = first,
                ARow = transposeA ? 1 : lda,
                ADepth = transposeA ? lda : 1,
                B = second,
                BDepth = transposeB ? 1 : ldb,
                BColumn = transposeB ? ldb : 1,
                PackedB = packed is null ? null : packed.Start,
                Activation = finish.Activation,
                Addend = addend,
            };
            RequireResult(job, c, ldc, finish.Bias);
            Complete(ref job, result, ldc, accumulate: false, bias);
            if (m > 0 && n > 0)
            {
                Multiply(job, workspace, pool);
            }

            GC.KeepAlive(packed);
        }
    }

    /// <summary>The product in the tiles of this machine.</summary>
    private static void Multiply(in ProductJob<float> job, MatrixWorkspace workspace, TaskPool pool)
    {
        switch (InstructionSets.Active)
        {
            case InstructionSet.Vector512:
                ProductDriver<float, FloatTiles512>.Multiply(job, workspace, pool);
                break;
            case InstructionSet.Vector256:
                ProductDriver<float, FloatTiles256>.Multiply(job, workspace, pool);
                break;
            case InstructionSet.Vector128:
                ProductDriver<float, FloatTiles128>.Multiply(job, workspace, pool);
                break;
            default:
                ProductDriver<float, FloatTilesScalar>.Multiply(job, workspace, pool);
                break;
        }
    }
}
