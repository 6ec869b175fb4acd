using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

/// <summary>A product that does what follows it has the bits of the same steps one after the other.</summary>
[Trait("Category", "InstructionSet")]
public sealed class FinishedProductTests
{
    [Theory]
    [InlineData(1, 7, 5)]
    [InlineData(13, 33, 400)]
    [InlineData(197, 70, 64)]
    public void Multiply_WithFinish_HasTheBitsOfSeparateSteps(int m, int n, int k)
    {
        var philox = new Philox(3, RandomPurpose.Search, 0);
        float[] Values(int length, ulong start)
        {
            float[] values = new float[length];
            philox.FillUniform(start, values);
            return [.. values.Select(value => value - 0.5f)];
        }

        var (a, b, bias, addend) = (Values(m * k, 0), Values(n * k, 1 << 20), Values(n, 2 << 20), Values(m * n, 3 << 20));
        var packed = new PackedMatrix(k, n);
        packed.Pack(b, k, transpose: true, TaskPool.Sequential);
        using var pool = new TaskPool(2);
        var workspace = new MatrixWorkspace();
        foreach (var activation in Enum.GetValues<ProductActivation>())
        {
            float[] expected = new float[m * n];
            MatrixProduct.Multiply(m, n, k, a, k, false, b, k, true, expected, n, workspace, TaskPool.Sequential, bias: bias);
            Apply(activation, expected);
            ElementWise.Map<AddKernel>(expected, addend, expected);
            foreach (var known in new[] { null, packed })
            {
                float[] actual = new float[m * n];
                var finish = new ProductFinish { Bias = bias, Activation = activation, Addend = addend };
                MatrixProduct.Multiply(m, n, k, a, k, false, b, k, true, known, actual, n, finish, workspace, pool);
                Assert.Equal(expected, actual);
            }
        }
    }

    [Fact]
    public void Multiply_ShapesThatDoNotFit_AreRefused()
    {
        float[] four = new float[4];
        void Run(int length, int packedRows)
        {
            var packed = packedRows == 0 ? null : new PackedMatrix(packedRows, 2);
            var finish = new ProductFinish { Addend = new float[length] };
            MatrixProduct.Multiply(2, 2, 2, four, 2, false, four, 2, false, packed, new float[4], 2, finish, new MatrixWorkspace(), TaskPool.Sequential);
        }

        Run(4, 0);
        Assert.Throws<ArgumentException>(() => Run(3, 0));
        Assert.Throws<ArgumentException>(() => Run(4, 3));
        Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(
            2, 2, 2, new float[4], 2, false, four, 2, false, null, four, 2, new ProductFinish { Addend = four }, new MatrixWorkspace(), TaskPool.Sequential));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 16)]
    [InlineData(197, 208)]
    [InlineData(300, 303)]
    public void RowSoftmax_RowsWithPlacesBehind_HasTheBitsOfEveryRowAlone(int width, int step)
    {
        float[] values = new float[3 * step];
        new Philox(5, RandomPurpose.Search, 0).FillUniform(0, values);
        values = [.. values.Select(value => 20 * (value - 0.5f))];
        float[] actual = [.. values];
        RowSoftmax.Apply(actual, step, width);
        for (int row = 0; row < 3; row++)
        {
            float[] expected = values[(row * step)..((row * step) + width)];
            ElementWise.Map<SubtractKernel>(expected, Reductions.Maximum(expected), expected);
            ElementWise.Map<ExpKernel>(expected, expected);
            ElementWise.Map<DivideKernel>(expected, Reductions.Sum(expected), expected);
            Assert.Equal(expected, actual[(row * step)..((row * step) + width)]);
            Assert.All(actual[((row * step) + width)..((row + 1) * step)], value => Assert.Equal(0, value));
        }

        float[] scalar = [.. values];
        RowSoftmax.Apply<ScalarLanes>(scalar, step, width);
        Assert.Equal(actual, scalar);
    }

    private static void Apply(ProductActivation activation, float[] values)
    {
        switch (activation)
        {
            case ProductActivation.Relu:
                ElementWise.Map<ReluKernel>(values, values);
                break;
            case ProductActivation.Gelu:
                ElementWise.Map<GeluKernel>(values, values);
                break;
            case ProductActivation.GeluTanh:
                ElementWise.Map<GeluTanhKernel>(values, values);
                break;
        }
    }
}
