using System.Numerics;

namespace MedTune.Tensors;

/// <summary>Matrix products with the same bits on every machine and for every number of threads.</summary>
/// <remarks>
/// Every element of c is a chain of fused multiply-adds from zero over up to <see cref="NumericsProfile.DepthBlock"/> terms, then one addition per further
/// block of terms. So a row's result does not depend on the other rows: a single row has the bits it has in a batch. Matrices are row-major; <c>ld</c> is
/// the number of elements from one row to the next.
/// </remarks>
public static unsafe partial class MatrixProduct
{
    /// <summary><c>c = op(a) op(b) + bias</c>, or <c>c = c + op(a) op(b) + bias</c>, in float.</summary>
    /// <param name="m">Rows of c.</param>
    /// <param name="n">Columns of c.</param>
    /// <param name="k">Terms of each sum; with 0 the product is zero.</param>
    /// <param name="a">m x k, or k x m when <paramref name="transposeA"/>.</param>
    /// <param name="lda">Row step of <paramref name="a"/> as it is stored.</param>
    /// <param name="transposeA">Whether <paramref name="a"/> holds the transposed matrix.</param>
    /// <param name="b">k x n, or n x k when <paramref name="transposeB"/>.</param>
    /// <param name="ldb">Row step of <paramref name="b"/> as it is stored.</param>
    /// <param name="transposeB">Whether <paramref name="b"/> holds the transposed matrix.</param>
    /// <param name="c">m x n; must not overlap the inputs. NaN and infinities follow from the arithmetic.</param>
    /// <param name="ldc">Row step of <paramref name="c"/>.</param>
    /// <param name="workspace">Memory for packed copies; nothing is allocated once it is large enough.</param>
    /// <param name="pool">Who does the work; a small product stays on the caller's thread.</param>
    /// <param name="accumulate">Whether to add to what c holds; the first block is then added to it, the others after.</param>
    /// <param name="bias">Empty, or n values added to every row at the end.</param>
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
        Span<float> c,
        int ldc,
        MatrixWorkspace workspace,
        TaskPool pool,
        bool accumulate = false,
        ReadOnlySpan<float> bias = default)
    {
        if (InstructionSets.Active == InstructionSet.Vector512)
        {
            Multiply<float, FloatTiles512>(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, workspace, pool, accumulate, bias);
        }
        else if (InstructionSets.Active == InstructionSet.Vector256)
        {
            Multiply<float, FloatTiles256>(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, workspace, pool, accumulate, bias);
        }
        else if (InstructionSets.Active == InstructionSet.Vector128)
        {
            Multiply<float, FloatTiles128>(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, workspace, pool, accumulate, bias);
        }
        else
        {
            Multiply<float, FloatTilesScalar>(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, workspace, pool, accumulate, bias);
        }
    }

    /// <inheritdoc cref="Multiply(int, int, int, ReadOnlySpan{float}, int, bool, ReadOnlySpan{float}, int, bool, Span{float}, int, MatrixWorkspace, TaskPool, bool, ReadOnlySpan{float})"/>
    /// <summary><c>c = op(a) op(b) + bias</c>, or <c>c = c + op(a) op(b) + bias</c>, in double.</summary>
    public static void Multiply(
        int m,
        int n,
        int k,
        ReadOnlySpan<double> a,
        int lda,
        bool transposeA,
        ReadOnlySpan<double> b,
        int ldb,
        bool transposeB,
        Span<double> c,
        int ldc,
        MatrixWorkspace workspace,
        TaskPool pool,
        bool accumulate = false,
        ReadOnlySpan<double> bias = default)
    {
        if (InstructionSets.Active == InstructionSet.Vector512)
        {
            Multiply<double, DoubleTiles512>(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, workspace, pool, accumulate, bias);
        }
        else if (InstructionSets.Active == InstructionSet.Vector256)
        {
            Multiply<double, DoubleTiles256>(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, workspace, pool, accumulate, bias);
        }
        else if (InstructionSets.Active == InstructionSet.Vector128)
        {
            Multiply<double, DoubleTiles128>(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, workspace, pool, accumulate, bias);
        }
        else
        {
            Multiply<double, DoubleTilesScalar>(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, workspace, pool, accumulate, bias);
        }
    }

    /// <summary>The product with a given set of tiles: the public methods choose the machine's.</summary>
    internal static void Multiply<T, TTiles>(
        int m,
        int n,
        int k,
        ReadOnlySpan<T> a,
        int lda,
        bool transposeA,
        ReadOnlySpan<T> b,
        int ldb,
        bool transposeB,
        Span<T> c,
        int ldc,
        MatrixWorkspace workspace,
        TaskPool pool,
        bool accumulate,
        ReadOnlySpan<T> bias)
        where T : unmanaged, IAdditionOperators<T, T, T>
        where TTiles : struct, IMatrixTiles<T>
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(pool);
        Require(a.Length, transposeA ? k : m, transposeA ? m : k, lda, nameof(a));
        Require(b.Length, transposeB ? n : k, transposeB ? k : n, ldb, nameof(b));
        fixed (T* first = a, second = b, result = c, addend = bias)
        {
            var job = new ProductJob<T>
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
            };
            RequireResult(job, c, ldc, bias);
            Complete(ref job, result, ldc, accumulate, addend);
            if (a.Overlaps(c) || b.Overlaps(c))
            {
                throw new ArgumentException("The result of a matrix product must not overlap its inputs.", nameof(c));
            }

            if (!IsEmpty(in job, c, ldc, bias))
            {
                ProductDriver<T, TTiles>.Multiply(job, workspace, pool);
            }
        }
    }

    private static void Complete<T>(ref ProductJob<T> job, T* c, int ldc, bool accumulate, T* bias)
        where T : unmanaged
    {
        job.C = c;
        job.CRow = ldc;
        job.Accumulate = accumulate;
        job.Bias = bias;
    }

    /// <summary>Handles products without rows, columns or terms.</summary>
    private static bool IsEmpty<T>(in ProductJob<T> job, Span<T> c, int ldc, ReadOnlySpan<T> bias)
        where T : unmanaged, IAdditionOperators<T, T, T>
    {
        if (job.K > 0)
        {
            return job.M == 0 || job.N == 0;
        }

        for (int row = 0; row < job.M; row++)
        {
            Span<T> values = c.Slice(row * ldc, job.N);
            if (!job.Accumulate)
            {
                values.Clear();
            }

            for (int column = 0; column < bias.Length; column++)
            {
                values[column] += bias[column];
            }
        }

        return true;
    }

    private static void RequireResult<T>(in ProductJob<T> job, Span<T> c, int ldc, ReadOnlySpan<T> bias)
        where T : unmanaged
    {
        Require(c.Length, job.M, job.N, ldc, nameof(c));
        if (bias.Length != 0 && bias.Length != job.N)
        {
            throw new ArgumentException($"The bias holds {bias.Length} values; the result has {job.N} columns.", nameof(bias));
        }
    }

    private static void Require(int length, int rows, int columns, int step, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (step < columns)
        {
            throw new ArgumentException($"Rows of {columns} values cannot lie {step} apart.", name);
        }

        if (rows > 0 && length < ((rows - 1L) * step) + columns)
        {
            throw new ArgumentException($"{length} values are too few for a {rows} x {columns} matrix whose rows lie {step} apart.", name);
        }
    }
}
