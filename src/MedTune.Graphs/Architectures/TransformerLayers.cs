using MedTune.Tensors;

namespace MedTune.Graphs.Architectures;

/// <summary>The parts of transformers that text and images share. Tokens of all samples are the rows of one matrix [N · L, width].</summary>
internal static class TransformerLayers
{
    /// <summary>softmax(q kᵀ / sqrt(width of a head) + mask) v for every head (Vaswani et al., NeurIPS 2017).</summary>
    /// <param name="layers">Where the nodes go.</param>
    /// <param name="query">[N · L, width].</param>
    /// <param name="key">[N · L, width].</param>
    /// <param name="value">[N · L, width].</param>
    /// <param name="shape">Int64 list: N, L, heads, width of a head.</param>
    /// <param name="headWidth">Numbers per head.</param>
    /// <param name="mask">Added to the scores, [N, 1, 1, L]; none by default.</param>
    /// <returns>[N · L, width].</returns>
    public static Value Attention(Layers layers, Value query, Value key, Value value, Value shape, int headWidth, Value mask = default)
    {
        var build = layers.Build;
        var q = build.Transpose(build.Reshape(query, shape), 0, 2, 1, 3);
        var k = build.Transpose(build.Reshape(key, shape), 0, 2, 3, 1);
        var v = build.Transpose(build.Reshape(value, shape), 0, 2, 1, 3);
        var scores = build.Multiply(build.MatMul(q, k), build.Scalar((float)(1 / Math.Sqrt(headWidth)), q));
        scores = mask.Name is null ? scores : build.Add(scores, mask);
        var mixed = build.Transpose(build.MatMul(build.Softmax(scores), v), 0, 2, 1, 3);
        return build.Reshape(mixed, -1, query.Type.Dimensions[^1].Value!.Value);
    }

    /// <summary>Two linear layers with GELU between them.</summary>
    public static Value Perceptron(Layers layers, Value x, string first, string second, int hidden)
    {
        int width = x.Type.Dimensions[^1].Value!.Value;
        return layers.Linear(layers.Build.Gelu(layers.Linear(x, first, hidden, isSmall: true)), second, width, isSmall: true);
    }

    /// <summary>An Int64 list that nodes read as a shape.</summary>
    public static Value List(Layers layers, params ReadOnlySpan<long> extents) => layers.Build.Constant(Tensor.Vector(extents), "shape");
}
