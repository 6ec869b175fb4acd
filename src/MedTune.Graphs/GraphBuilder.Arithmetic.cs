using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <content>Element-wise arithmetic, matrix products, reductions, normalization and losses.</content>
public sealed partial class GraphBuilder
{
    /// <summary>x + y, broadcast.</summary>
    public Value Add(Value x, Value y) => Append("Add", [x, y]);

    /// <summary>max(0, x).</summary>
    public Value Relu(Value x) => Append("Relu", [x]);

    /// <summary>alpha · A · B + beta · c, with A and B transposed where said; c broadcasts to the product's shape.</summary>
    /// <param name="a">[M, K], or [K, M] when transposed.</param>
    /// <param name="b">[K, N], or [N, K] when transposed.</param>
    /// <param name="c">Optional addend, such as a bias of [N].</param>
    /// <param name="transposeA">Take A transposed.</param>
    /// <param name="transposeB">Take B transposed: weights stored one row per output.</param>
    public Value Gemm(Value a, Value b, Value c = default, bool transposeA = false, bool transposeB = false)
    {
        var attributes = Attributes.None;
        attributes = transposeA ? attributes.With("transA", 1) : attributes;
        attributes = transposeB ? attributes.With("transB", 1) : attributes;
        return c.Name is null ? Append("Gemm", [a, b], attributes) : Append("Gemm", [a, b, c], attributes);
    }

    /// <summary>The sum over axes; over all of them when none is named.</summary>
    /// <param name="x">The values.</param>
    /// <param name="axes">Axes to sum over; negative ones count from the last.</param>
    /// <param name="keepDimensions">Keep the summed axes with extent 1.</param>
    public Value ReduceSum(Value x, ReadOnlySpan<long> axes = default, bool keepDimensions = true) =>
        Reduce("ReduceSum", x, axes, keepDimensions);

    /// <summary>Sums a gradient over the axes along which <paramref name="like"/> was broadcast; the first axis in shards.</summary>
    internal Value SumTo(Value gradient, Value like) =>
        gradient.Type.HasRank && like.Type.HasRank && gradient.Type == like.Type && gradient.Type.Dimensions.All(d => d != Dimension.Unknown)
            ? gradient
            : Append("SumTo", [gradient, like], domain: Operator.InternalDomain);

    private Value Reduce(string opType, Value x, ReadOnlySpan<long> axes, bool keepDimensions)
    {
        var attributes = keepDimensions ? Attributes.None : Attributes.None.With("keepdims", 0);
        return axes.IsEmpty
            ? Append(opType, [x], attributes)
            : Append(opType, [x, Constant(Tensor.Create(new Shape(axes.Length), axes), "axes")], attributes);
    }
}
