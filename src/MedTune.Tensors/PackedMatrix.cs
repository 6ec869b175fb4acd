namespace MedTune.Tensors;

/// <summary>The right-hand side of matrix products, copied once into the order in which they read it: for weights that many products use.</summary>
/// <remarks>Products with it give the same bits as with the matrix itself. The memory layout depends on the machine: never store it.</remarks>
public sealed class PackedMatrix
{
    private readonly byte[] _buffer;

    /// <summary>Memory for a matrix; call <see cref="Pack"/> before use.</summary>
    /// <param name="k">Rows: terms of each sum.</param>
    /// <param name="n">Columns of the result.</param>
    public PackedMatrix(int k, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        K = k;
        N = n;
        _buffer = MatrixWorkspace.Allocate((MatrixProduct.PackedLength(n, k) * sizeof(float)) + 64);
    }

    /// <summary>Rows: terms of each sum.</summary>
    public int K { get; }

    /// <summary>Columns of the result.</summary>
    public int N { get; }

    internal unsafe float* Start => (float*)MatrixWorkspace.Align(_buffer);

    /// <summary>Copies the matrix; again whenever its values have changed.</summary>
    /// <param name="b">Row-major k x n, or n x k when <paramref name="transpose"/>.</param>
    /// <param name="ldb">Floats from one row of <paramref name="b"/> to the next.</param>
    /// <param name="transpose">Whether <paramref name="b"/> holds the transposed matrix.</param>
    /// <param name="pool">Who does the work.</param>
    /// <exception cref="ArgumentException"><paramref name="b"/> is too short or <paramref name="ldb"/> too small.</exception>
    public void Pack(ReadOnlySpan<float> b, int ldb, bool transpose, TaskPool pool) => MatrixProduct.Pack(b, ldb, transpose, this, pool);
}
