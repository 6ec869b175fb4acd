using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

[Trait("Category", "InstructionSet")]
public sealed class MatrixProductTests
{
    private static readonly int[] Sizes = [1, 2, 3, 7, 8, 15, 16, 17, 24, 31, 32, 33, 40, 47, 48, 49, 64, 65];

    [Fact]
    public void Multiply_EveryTileSetAndManyShapes_HasTheBitsOfOneChainPerElement()
    {
        var philox = new Philox(9, RandomPurpose.Search, 0);
        for (int i = 0; i < 250; i++)
        {
            int m = Sizes[philox.Below(Sizes.Length, (ulong)(4 * i))];
            int n = Sizes[philox.Below(Sizes.Length, (ulong)(4 * i) + 1)];
            int k = philox.Below(70, (ulong)(4 * i) + 2);
            uint flags = philox.Bits((ulong)(4 * i) + 3);
            CheckAll(m, n, k, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0);
        }
    }

    [Theory]
    [InlineData(13, 33, 384, false, false)]
    [InlineData(13, 33, 385, true, false)]
    [InlineData(5, 200, 800, false, true)]
    [InlineData(49, 210, 400, true, true)]
    [InlineData(30, 2, 769, false, false)]
    [InlineData(70, 9, 400, true, true)]
    [InlineData(1, 300, 390, false, false)]
    [InlineData(1025, 40, 1400, false, false)]
    public void Multiply_DepthBeyondOneBlock_AddsOncePerBlock(int m, int n, int k, bool transposeA, bool transposeB)
    {
        CheckAll(m, n, k, transposeA, transposeB, accumulate: false, hasBias: true);
        CheckAll(m, n, k, transposeA, transposeB, accumulate: true, hasBias: false);
    }

    /// <summary>Rows 4 KiB apart make the product copy its operands.</summary>
    [Theory]
    [InlineData(1023, 70, 20, true, false)]
    [InlineData(25, 1022, 20, false, false)]
    [InlineData(511, 510, 18, true, false)]
    public void Multiply_RowsInOneCacheSet_HasTheSameBits(int m, int n, int k, bool transposeA, bool transposeB) =>
        CheckAll(m, n, k, transposeA, transposeB, accumulate: false, hasBias: false);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Multiply_AnyNumberOfThreads_GivesTheSameBits(int threads)
    {
        using var pool = new TaskPool(threads);
        var workspace = new MatrixWorkspace();
        (int m, int n, int k) = (301, 333, 410);
        float[] a = Values<float>(m * k, 1);
        float[] b = Values<float>(n * k, 2);
        float[] expected = new float[m * n];
        float[] c = new float[m * n];
        MatrixProduct.Multiply(m, n, k, a, k, false, b, n, false, expected, n, workspace, TaskPool.Sequential);
        MatrixProduct.Multiply(m, n, k, a, k, false, b, n, false, c, n, workspace, pool);
        Assert.Equal(expected, c);

        var packed = new PackedMatrix(k, n);
        packed.Pack(b, n, false, pool);
        c.AsSpan().Clear();
        MatrixProduct.Multiply(m, a, k, false, packed, c, n, workspace, pool);
        Assert.Equal(expected, c);
    }

    [Fact]
    public void Multiply_OneRowOfABatch_HasTheBitsOfTheBatch()
    {
        var workspace = new MatrixWorkspace();
        (int m, int n, int k) = (64, 50, 300);
        float[] a = Values<float>(m * k, 1);
        float[] b = Values<float>(n * k, 2);
        float[] all = new float[m * n];
        float[] one = new float[n];
        MatrixProduct.Multiply(m, n, k, a, k, false, b, k, true, all, n, workspace, TaskPool.Sequential);
        for (int row = 0; row < m; row++)
        {
            MatrixProduct.Multiply(1, n, k, a.AsSpan(row * k, k), k, false, b, k, true, one, n, workspace, TaskPool.Sequential);
            Assert.Equal(all[(row * n)..((row + 1) * n)], one);
        }
    }

    [Theory]
    [InlineData(64, 64, 30, false)]
    [InlineData(64, 2, 64, true)]
    [InlineData(300, 300, 300, false)]
    public void Multiply_WorkspaceLargeEnough_AllocatesNothing(int m, int n, int k, bool transposeB)
    {
        using var pool = new TaskPool(2);
        var workspace = new MatrixWorkspace();
        float[] a = Values<float>(m * k, 1);
        float[] b = Values<float>(n * k, 2);
        float[] c = new float[m * n];
        long before = 0;
        for (int i = 0; i < 60; i++)
        {
            before = i == 40 ? GC.GetAllocatedBytesForCurrentThread() : before;
            MatrixProduct.Multiply(m, n, k, a, k, false, b, transposeB ? k : n, transposeB, c, n, workspace, pool);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Reserve_LargestProduct_NeedsNoMoreMemory()
    {
        var workspace = new MatrixWorkspace();
        workspace.Reserve(250, 260, 70);
        long bytes = workspace.Bytes;
        float[] c = new float[250 * 260];
        MatrixProduct.Multiply(250, 260, 70, Values<float>(250 * 70, 1), 70, false, Values<float>(260 * 70, 2), 70, true, c, 260, workspace, TaskPool.Sequential);
        Assert.Equal(bytes, workspace.Bytes);
    }

    [Fact]
    public void Multiply_NotANumberOrInfinite_FollowsTheArithmetic()
    {
        float[] a = [1, float.NaN, 0, 2, 0, float.PositiveInfinity];
        float[] b = [1, 2, 3, 4, 5, 6];
        float[] c = new float[4];
        MatrixProduct.Multiply(2, 2, 3, a, 3, false, b, 2, false, c, 2, new MatrixWorkspace(), TaskPool.Sequential);
        Assert.Equal([float.NaN, float.NaN, float.PositiveInfinity, float.PositiveInfinity], c);
    }

    [Fact]
    public void Multiply_WrongShapes_AreRefused()
    {
        var workspace = new MatrixWorkspace();
        float[] six = new float[6];
        Assert.Throws<ArgumentException>(() => Call(2, 2, 3, six, 3, six, 2, new float[3], 2));
        Assert.Throws<ArgumentException>(() => Call(2, 2, 4, six, 4, six, 2, new float[4], 2));
        Assert.Throws<ArgumentException>(() => Call(2, 2, 3, six, 2, six, 2, new float[4], 2));
        Assert.Throws<ArgumentException>(() => Call(2, 2, 3, six, 3, six, 2, six, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Call(-1, 2, 3, six, 3, six, 2, new float[4], 2));

        void Call(int m, int n, int k, float[] a, int lda, float[] b, int ldb, float[] c, int ldc) =>
            MatrixProduct.Multiply(m, n, k, a, lda, false, b, ldb, false, c, ldc, workspace, TaskPool.Sequential);
    }

    /// <summary>One hash for every instruction-set mode and every machine: it changes only with the numerics profile.</summary>
    [Fact]
    public void Products_CommittedHash_IsTheSameInEveryMode()
    {
        var workspace = new MatrixWorkspace();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((int m, int n, int k) in new[] { (64, 30, 64), (64, 2, 64), (1, 64, 300), (37, 201, 800), (100, 100, 100) })
        {
            float[] c = new float[m * n];
            MatrixProduct.Multiply(m, n, k, Values<float>(m * k, 1), k, false, Values<float>(n * k, 2), n, false, c, n, workspace, TaskPool.Sequential);
            hash.AppendData(MemoryMarshal.AsBytes<float>(c));
            double[] d = new double[m * n];
            MatrixProduct.Multiply(m, n, k, Values<double>(m * k, 1), m, true, Values<double>(n * k, 2), k, true, d, n, workspace, TaskPool.Sequential);
            hash.AppendData(MemoryMarshal.AsBytes<double>(d));
        }

        Assert.Equal("1943616e06c9968cced3f778dba51b62", Convert.ToHexStringLower(hash.GetHashAndReset())[..32]);
    }

    private static void CheckAll(int m, int n, int k, bool transposeA, bool transposeB, bool accumulate, bool hasBias)
    {
        Check<float, FloatTilesScalar>(m, n, k, transposeA, transposeB, accumulate, hasBias, MathF.FusedMultiplyAdd);
        Check<float, FloatTiles128>(m, n, k, transposeA, transposeB, accumulate, hasBias, MathF.FusedMultiplyAdd);
        Check<float, FloatTiles256>(m, n, k, transposeA, transposeB, accumulate, hasBias, MathF.FusedMultiplyAdd);
        Check<float, FloatTiles512>(m, n, k, transposeA, transposeB, accumulate, hasBias, MathF.FusedMultiplyAdd);
        Check<double, DoubleTilesScalar>(m, n, k, transposeA, transposeB, accumulate, hasBias, Math.FusedMultiplyAdd);
        Check<double, DoubleTiles128>(m, n, k, transposeA, transposeB, accumulate, hasBias, Math.FusedMultiplyAdd);
        Check<double, DoubleTiles256>(m, n, k, transposeA, transposeB, accumulate, hasBias, Math.FusedMultiplyAdd);
        Check<double, DoubleTiles512>(m, n, k, transposeA, transposeB, accumulate, hasBias, Math.FusedMultiplyAdd);
    }

    private static void Check<T, TTiles>(
        int m, int n, int k, bool transposeA, bool transposeB, bool accumulate, bool hasBias, Func<T, T, T, T> multiplyAdd)
        where T : unmanaged, INumber<T>
        where TTiles : struct, IMatrixTiles<T>
    {
        // Row steps larger than the rows, so that reading or writing past a row shows.
        (int lda, int ldb, int ldc) = ((transposeA ? m : k) + 1, (transposeB ? k : n) + 2, n + 3);
        T[] a = Values<T>((transposeA ? k : m) * lda, 1);
        T[] b = Values<T>((transposeB ? n : k) * ldb, 2);
        T[] c = Values<T>(m * ldc, 3);
        T[] bias = hasBias ? Values<T>(n, 4) : [];
        T[] expected = [.. c];
        for (int row = 0; row < m; row++)
        {
            for (int column = 0; column < n; column++)
            {
                ref T element = ref expected[(row * ldc) + column];
                element = accumulate ? element : T.Zero;
                for (int start = 0; start < k; start += NumericsProfile.DepthBlock)
                {
                    T chain = T.Zero;
                    for (int p = start; p < Math.Min(k, start + NumericsProfile.DepthBlock); p++)
                    {
                        chain = multiplyAdd(
                            transposeA ? a[(p * lda) + row] : a[(row * lda) + p], transposeB ? b[(column * ldb) + p] : b[(p * ldb) + column], chain);
                    }

                    element = start == 0 && !accumulate ? chain : element + chain;
                }

                element = hasBias ? element + bias[column] : element;
            }
        }

        MatrixProduct.Multiply<T, TTiles>(
            m, n, k, a, lda, transposeA, b, ldb, transposeB, c, ldc, new MatrixWorkspace(), TaskPool.Sequential, accumulate, bias);
        Assert.Equal(expected, c);
    }

    private static T[] Values<T>(int count, ulong stream)
        where T : unmanaged, INumber<T>
    {
        var philox = new Philox(31, RandomPurpose.Search, stream);
        T[] values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = T.CreateTruncating(philox.UniformDouble((ulong)i) - 0.5);
        }

        return values;
    }
}
