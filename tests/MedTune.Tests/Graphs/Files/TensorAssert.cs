using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Files;

/// <summary>Equality of tensors, bit by bit.</summary>
internal static class TensorAssert
{
    public static void Equal(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Type, actual.Type);
        Assert.Equal(expected.Shape.ToString(), actual.Shape.ToString());
        switch (expected)
        {
            case Tensor<float> floats:
                Assert.Equal(Bits(floats.Values), Bits(actual.Values<float>()));
                break;
            case Tensor<double> doubles:
                Assert.Equal(Bits(doubles.Values), Bits(actual.Values<double>()));
                break;
            case Tensor<long>: Assert.Equal(expected.Values<long>().ToArray(), actual.Values<long>().ToArray()); break;
            case Tensor<int>: Assert.Equal(expected.Values<int>().ToArray(), actual.Values<int>().ToArray()); break;
            case Tensor<sbyte>: Assert.Equal(expected.Values<sbyte>().ToArray(), actual.Values<sbyte>().ToArray()); break;
            case Tensor<byte>: Assert.Equal(expected.Values<byte>().ToArray(), actual.Values<byte>().ToArray()); break;
            case Tensor<bool>: Assert.Equal(expected.Values<bool>().ToArray(), actual.Values<bool>().ToArray()); break;
            default: Assert.Equal(expected.Values<string>().ToArray(), actual.Values<string>().ToArray()); break;
        }
    }

    private static int[] Bits(ReadOnlySpan<float> values)
    {
        var bits = new int[values.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = BitConverter.SingleToInt32Bits(values[i]);
        }

        return bits;
    }

    private static long[] Bits(ReadOnlySpan<double> values)
    {
        var bits = new long[values.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = BitConverter.DoubleToInt64Bits(values[i]);
        }

        return bits;
    }
}
