using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Operators;

public sealed class FloatProductTests
{
    [Theory]
    [Trait("Category", "InstructionSet")]
    [InlineData(1, 1, 1)]
    [InlineData(19, 1, 30)]
    [InlineData(8, 1, 257)]
    [InlineData(17, 2, 600)]
    [InlineData(33, 3, 31)]
    [InlineData(9, 4, 256)]
    public void Run_FewColumns_HasTheBitsOfTheMatrixProduct(int m, int n, int k)
    {
        var (a, b, bias) = (Sample.Values(1, m, k), Sample.Values(2, n, k), Sample.Values(3, n));
        var expected = new float[m * n];
        MatrixProduct.Multiply(
            m, n, k, a.Values, k, false, b.Values, k, true, expected, n, new MatrixWorkspace(), TaskPool.Sequential, accumulate: false, bias.Values);
        var actual = new float[m * n];
        FloatProduct.Alone(m, n, k, transposeA: false, transposeB: true).Run(a.Values, b.Values, actual, bias.Values);
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
    }
}
