using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>How much arithmetic a node does, where it is more than a few operations per element.</summary>
internal static class Work
{
    /// <summary>Multiplications with an addition; 0 for operators that only pass over memory.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">The concrete shapes of its inputs.</param>
    /// <param name="output">That of its first output.</param>
    public static long MultiplyAdds(Node node, ReadOnlySpan<Shape> inputs, Shape output) => node.OpType switch
    {
        // Every output element meets one kernel: [outputs, inputs per group, kernel...].
        "Conv" => (long)output.Length * Rest(inputs[1], 1),

        // Every input element meets [outputs per group, kernel...].
        "ConvTranspose" => (long)inputs[0].Length * Rest(inputs[1], 1),
        "BlockedConv" or "BlockedConvWeightGradient" => (long)ConvolutionSizes.Read(node.Attributes).Products,
        "BlockedDepthwiseGradient" => (long)(ConvolutionSizes.Read(node.Attributes) is var both ? 2 * both.Products / both.Channels : 0),
        "BlockedDepthwise" or "BlockedDepthwiseWeightGradient" => (long)(ConvolutionSizes.Read(node.Attributes) is var sizes ? sizes.Products / sizes.Channels : 0),
        "BlockedSeparable" => BlockedSeparable.Products(node.Attributes),
        "Gemm" or "FinishedProduct" when inputs[0].Rank == 2 => (long)output.Length * inputs[0][node.Attributes.Int("transA", 0) == 1 ? 0 : 1],
        "MatMul" or "FinishedProduct" => (long)output.Length * (inputs[0].Rank > 0 ? inputs[0][-1] : 1),
        "HeadAttention" => HeadSizes.Read(node.Attributes).Products,
        "HeadAttentionGradient" => HeadSizes.Read(node.Attributes).Products * 5 / 2,

        // Queries by keys, and the weights by values.
        "Attention" => 2L * output.Length * inputs[1][-2],
        "LSTM" or "GRU" or "RNN" => (long)inputs[0][0] * inputs[0][1] * (inputs[1].Length + inputs[2].Length),
        _ => 0,
    };

    private static long Rest(Shape shape, int axis)
    {
        long product = 1;
        foreach (int extent in shape.Extents[axis..])
        {
            product *= extent;
        }

        return product;
    }
}
