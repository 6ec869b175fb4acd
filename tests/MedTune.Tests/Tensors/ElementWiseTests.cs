using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

[Trait("Category", "InstructionSet")]
public sealed class ElementWiseTests
{
    public static TheoryData<string> UnaryNames => [.. KernelTable.Unary.Keys];

    public static TheoryData<string> BinaryNames => [.. KernelTable.Binary.Keys];

    [Theory]
    [MemberData(nameof(UnaryNames))]
    public void Map_EveryLengthTo257_HasTheBitsOfTheScalarReference(string name)
    {
        KernelTable.UnaryEntry kernel = KernelTable.Unary[name];
        for (int length = 0; length <= 257; length++)
        {
            float[] x = KernelTable.Values(length, (ulong)length);
            float[] result = new float[length];
            kernel.Map(x, result);
            Assert.Equal(KernelTable.Bits([.. x.Select(kernel.Reference)]), KernelTable.Bits(result));
        }
    }

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void MapOfTwo_EveryLengthTo257_HasTheBitsOfTheScalarReference(string name)
    {
        KernelTable.BinaryEntry kernel = KernelTable.Binary[name];
        for (int length = 0; length <= 257; length++)
        {
            float[] x = KernelTable.Values(length, (ulong)length);
            float[] y = KernelTable.Values(length, (ulong)length + 1000);
            float[] result = new float[length];
            kernel.Map(x, y, result);
            Assert.Equal(KernelTable.Bits([.. x.Zip(y, kernel.Reference)]), KernelTable.Bits(result));
        }
    }

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void MapOfTwo_OneValueOrRowOrColumn_HasTheBitsOfTheScalarReference(string name)
    {
        KernelTable.BinaryEntry kernel = KernelTable.Binary[name];
        foreach (int length in new[] { 1, 15, 16, 33, 67 })
        {
            float[] x = KernelTable.Values(length, 1);
            float[] y = KernelTable.Values(length, 2);
            float[] result = new float[length];
            kernel.MapScalarY(x, y, result);
            Assert.Equal(KernelTable.Bits([.. x.Select(value => kernel.Reference(value, y[0]))]), KernelTable.Bits(result));
            kernel.MapScalarX(x, y, result);
            Assert.Equal(KernelTable.Bits([.. y.Select(value => kernel.Reference(x[0], value))]), KernelTable.Bits(result));

            float[] matrix = KernelTable.Values(3 * length, 3);
            float[] product = new float[3 * length];
            kernel.MapRows(matrix, y, product);
            Assert.Equal(KernelTable.Bits([.. matrix.Select((value, i) => kernel.Reference(value, y[i % length]))]), KernelTable.Bits(product));
            kernel.MapColumns(matrix, y[..1], product);
            Assert.Equal(KernelTable.Bits([.. matrix.Select(value => kernel.Reference(value, y[0]))]), KernelTable.Bits(product));
            kernel.MapColumns(matrix, y.Length >= 3 ? y[..3] : [1, 2, 3], product);
            float[] column = y.Length >= 3 ? y : [1, 2, 3];
            Assert.Equal(KernelTable.Bits([.. matrix.Select((value, i) => kernel.Reference(value, column[i / length]))]), KernelTable.Bits(product));
        }
    }

    [Theory]
    [MemberData(nameof(UnaryNames))]
    public void Widths_ManyValues_AllGiveTheSameBits(string name)
    {
        KernelTable.UnaryEntry kernel = KernelTable.Unary[name];
        float[] x = KernelTable.Values(20_011, 5);
        float[] expected = new float[x.Length];
        kernel.Map(x, expected);
        foreach (KernelTable.UnaryFunction width in kernel.Widths)
        {
            float[] result = new float[x.Length];
            width(x, result);
            Assert.Equal(KernelTable.Bits(expected), KernelTable.Bits(result));
        }
    }

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void WidthsOfTwo_ManyValues_AllGiveTheSameBits(string name)
    {
        KernelTable.BinaryEntry kernel = KernelTable.Binary[name];
        float[] x = KernelTable.Values(5_011, 5);
        float[] y = KernelTable.Values(5_011, 6);
        float[] expected = new float[x.Length];
        kernel.Map(x, y, expected);
        foreach (KernelTable.BinaryFunction width in kernel.Widths)
        {
            float[] result = new float[x.Length];
            width(x, y, result);
            Assert.Equal(KernelTable.Bits(expected), KernelTable.Bits(result));
        }
    }

    /// <summary>One hash for every instruction-set mode and every machine: it changes only with the numerics profile.</summary>
    [Fact]
    public void AllKernels_CommittedHash_IsTheSameInEveryMode()
    {
        float[] x = KernelTable.Values(4099, 100);
        float[] y = KernelTable.Values(4099, 101);
        float[] result = new float[x.Length];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (KernelTable.UnaryEntry kernel in KernelTable.Unary.Values)
        {
            kernel.Map(x, result);
            hash.AppendData(MemoryMarshal.AsBytes<int>(KernelTable.Bits(result)));
        }

        foreach (KernelTable.BinaryEntry kernel in KernelTable.Binary.Values)
        {
            kernel.Map(x, y, result);
            hash.AppendData(MemoryMarshal.AsBytes<int>(KernelTable.Bits(result)));
        }

        Assert.Equal("a037ec3dd21d384b5281248cd57b3eb2", Convert.ToHexStringLower(hash.GetHashAndReset())[..32]);
    }

    [Fact]
    public void Map_InPlaceOrWrongLengths_WorksOrIsRefused()
    {
        float[] x = [1, 2, 3];
        ElementWise.Map<AddKernel>(x, x, x);
        Assert.Equal([2, 4, 6], x);
        Assert.Throws<ArgumentException>(() => ElementWise.Map<ExpKernel>(x, new float[2]));
        Assert.Throws<ArgumentException>(() => ElementWise.Map<AddKernel>(x, new float[2], new float[3]));
        Assert.Throws<ArgumentException>(() => ElementWise.Map<ExpKernel>(x.AsSpan(0, 2), x.AsSpan(1, 2)));
        Assert.Throws<ArgumentException>(() => ElementWise.MapRows<AddKernel>(x, new float[2], x));
        Assert.Throws<ArgumentException>(() => ElementWise.MapColumns<AddKernel>(x, new float[2], x));
    }
}
