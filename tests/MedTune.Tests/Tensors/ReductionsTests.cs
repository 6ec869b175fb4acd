using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

[Trait("Category", "InstructionSet")]
public sealed class ReductionsTests
{
    [Fact]
    public void SumAndDot_EveryLengthTo257_FollowTheDocumentedOrder()
    {
        for (int length = 0; length <= 257; length++)
        {
            float[] x = Ordinary(length, 1);
            float[] y = Ordinary(length, 2);
            Assert.Equal(InLanes(length, (lane, i) => lane + x[i]), Reductions.Sum(x));
            Assert.Equal(InLanes(length, (lane, i) => MathF.FusedMultiplyAdd(x[i], y[i], lane)), Reductions.Dot(x, y));
            Assert.Equal(Reductions.Dot(x, x), Reductions.SumOfSquares(x));
        }
    }

    [Fact]
    public void SumAndDotOfDoubles_EveryLengthTo257_FollowTheDocumentedOrder()
    {
        for (int length = 0; length <= 257; length++)
        {
            double[] x = [.. Ordinary(length, 1).Select(value => value * 1.1)];
            double[] y = [.. Ordinary(length, 2).Select(value => value * 1.1)];
            Assert.Equal(InLanesOfDoubles(length, (lane, i) => lane + x[i]), Reductions.Sum(x));
            Assert.Equal(InLanesOfDoubles(length, (lane, i) => Math.FusedMultiplyAdd(x[i], y[i], lane)), Reductions.Dot(x, y));
            Assert.Equal(Reductions.Dot(x, x), Reductions.SumOfSquares(x));
        }
    }

    [Fact]
    public void Extremes_EveryLengthTo257_AreThoseOfTheValues()
    {
        Assert.Equal(float.NegativeInfinity, Reductions.Maximum([]));
        Assert.Equal(float.PositiveInfinity, Reductions.Minimum([]));
        for (int length = 1; length <= 257; length++)
        {
            float[] x = Ordinary(length, 3);
            Assert.Equal(x.Max(), Reductions.Maximum(x));
            Assert.Equal(x.Min(), Reductions.Minimum(x));
            x[length * 2 / 3] = float.NaN;
            Assert.True(float.IsNaN(Reductions.Maximum(x)));
            Assert.True(float.IsNaN(Reductions.Minimum(x)));
            Assert.True(float.IsNaN(Reductions.Sum(x)));
        }

        Assert.Equal(KernelTable.Bits([0f]), KernelTable.Bits([Reductions.Maximum([-0f, 0f, -0f])]));
        Assert.Equal(KernelTable.Bits([-0f]), KernelTable.Bits([Reductions.Minimum([-0f, 0f, 0f])]));
        Assert.Equal(float.PositiveInfinity, Reductions.Sum([1, float.PositiveInfinity]));
        Assert.True(float.IsNaN(Reductions.Sum([float.NegativeInfinity, float.PositiveInfinity])));
    }

    [Fact]
    public void Widths_LongSpans_AllGiveTheSameBits()
    {
        foreach (int length in new[] { 64, 4095, 4096, 4160, 20_011 })
        {
            float[] x = Ordinary(length, 4);
            float[] y = Ordinary(length, 5);
            Assert.Equal(Reductions.Dot(x, y), Reductions.Reduce<DotReduction, ScalarLanes>(x, y));
            Assert.Equal(Reductions.Dot(x, y), Reductions.Reduce<DotReduction, Lanes128>(x, y));
            Assert.Equal(Reductions.Dot(x, y), Reductions.Reduce<DotReduction, Lanes256>(x, y));
            Assert.Equal(Reductions.Dot(x, y), Reductions.Reduce<DotReduction, Lanes512>(x, y));
            Assert.Equal(InLanes(length, (lane, i) => lane + x[i]), Reductions.Sum(x));
        }
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 70)]
    [InlineData(64, 3)]
    [InlineData(65, 64)]
    [InlineData(200, 130)]
    [InlineData(1000, 17)]
    public void SumRows_AnyShape_IsPairwiseOverBlocksOf64Rows(int rows, int columns)
    {
        float[] x = Ordinary(rows * columns, 6);
        float[] expected = [.. Enumerable.Range(0, columns).Select(column => Pairwise(x, rows, columns, column))];
        float[] sums = new float[columns];
        Reductions.SumRows(x, rows, columns, sums);
        Assert.Equal(expected, sums);
        Reductions.SumRows<ScalarLanes>(x, rows, columns, sums);
        Assert.Equal(expected, sums);
        Reductions.SumRows<Lanes128>(x, rows, columns, sums);
        Assert.Equal(expected, sums);
        Reductions.SumRows<Lanes256>(x, rows, columns, sums);
        Assert.Equal(expected, sums);
    }

    [Fact]
    public void Reductions_WrongLengths_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Reductions.Dot(new float[2], new float[3]));
        Assert.Throws<ArgumentException>(() => Reductions.Dot(new double[2], new double[3]));
        Assert.Throws<ArgumentException>(() => Reductions.SumRows(new float[5], 2, 3, new float[3]));
        Assert.Throws<ArgumentException>(() => Reductions.SumRows(new float[6], 2, 3, new float[2]));
    }

    /// <summary>One hash for every instruction-set mode and every machine: it changes only with the numerics profile.</summary>
    [Fact]
    public void AllReductions_CommittedHash_IsTheSameInEveryMode()
    {
        float[] x = Ordinary(10_037, 7);
        float[] y = Ordinary(10_037, 8);
        float[] sums = new float[100];
        Reductions.SumRows(x.AsSpan(0, 10_000), 100, 100, sums);
        float[] all = [Reductions.Sum(x), Reductions.Dot(x, y), Reductions.SumOfSquares(x), Reductions.Maximum(x), Reductions.Minimum(x), .. sums];
        Assert.Equal("fd25b70d67d1de9021a17392d08c2be4", Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(all)))[..32]);
    }

    private static float[] Ordinary(int length, ulong stream)
    {
        var philox = new Philox(23, RandomPurpose.Search, stream);
        return [.. Enumerable.Range(0, length).Select(i => (float)philox.Normal((ulong)i))];
    }

    private static float InLanes(int length, Func<float, int, float> take)
    {
        float[] lanes = new float[64];
        for (int i = 0; i < length; i++)
        {
            lanes[i % 64] = take(lanes[i % 64], i);
        }

        for (int half = 32; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }

    private static double InLanesOfDoubles(int length, Func<double, int, double> take)
    {
        double[] lanes = new double[64];
        for (int i = 0; i < length; i++)
        {
            lanes[i % 64] = take(lanes[i % 64], i);
        }

        for (int half = 32; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }

    private static float Pairwise(float[] x, int rows, int columns, int column)
    {
        var open = new Stack<(int Blocks, float Sum)>();
        for (int row = 0; row < rows; row += 64)
        {
            float sum = 0;
            for (int r = row; r < Math.Min(rows, row + 64); r++)
            {
                sum += x[(r * columns) + column];
            }

            int blocks = 1;
            while (open.Count > 0 && open.Peek().Blocks == blocks)
            {
                (int more, float earlier) = open.Pop();
                blocks += more;
                sum = earlier + sum;
            }

            open.Push((blocks, sum));
        }

        float total = open.Count == 0 ? 0 : open.Pop().Sum;
        while (open.Count > 0)
        {
            total = open.Pop().Sum + total;
        }

        return total;
    }
}
