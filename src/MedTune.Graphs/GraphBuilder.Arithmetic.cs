using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <content>Element-wise arithmetic, matrix products, reductions, normalization and losses.</content>
public sealed partial class GraphBuilder
{
    /// <summary>x + y, broadcast.</summary>
    public Value Add(Value x, Value y) => Append("Add", [x, y]);

    /// <summary>x - y, broadcast.</summary>
    public Value Subtract(Value x, Value y) => Append("Sub", [x, y]);

    /// <summary>x · y, broadcast.</summary>
    public Value Multiply(Value x, Value y) => Append("Mul", [x, y]);

    /// <summary>x / y, broadcast.</summary>
    public Value Divide(Value x, Value y) => Append("Div", [x, y]);

    /// <summary>x to the power y, broadcast.</summary>
    public Value Pow(Value x, Value y) => Append("Pow", [x, y]);

    /// <summary>-x.</summary>
    public Value Negate(Value x) => Append("Neg", [x]);

    /// <summary>|x|.</summary>
    public Value Abs(Value x) => Append("Abs", [x]);

    /// <summary>-1, 0 or 1; NaN for NaN.</summary>
    public Value Sign(Value x) => Append("Sign", [x]);

    /// <summary>The square root.</summary>
    public Value Sqrt(Value x) => Append("Sqrt", [x]);

    /// <summary>e to the power x.</summary>
    public Value Exp(Value x) => Append("Exp", [x]);

    /// <summary>The natural logarithm.</summary>
    public Value Log(Value x) => Append("Log", [x]);

    /// <summary>1 / x.</summary>
    public Value Reciprocal(Value x) => Append("Reciprocal", [x]);

    /// <summary>The largest whole number not above x.</summary>
    public Value Floor(Value x) => Append("Floor", [x]);

    /// <summary>max(0, x).</summary>
    public Value Relu(Value x) => Append("Relu", [x]);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public Value Sigmoid(Value x) => Append("Sigmoid", [x]);

    /// <summary>The hyperbolic tangent.</summary>
    public Value Tanh(Value x) => Append("Tanh", [x]);

    /// <summary>log(1 + exp(x)).</summary>
    public Value Softplus(Value x) => Append("Softplus", [x]);

    /// <summary>The error function.</summary>
    public Value Erf(Value x) => Append("Erf", [x]);

    /// <summary>x times the normal distribution function of x.</summary>
    public Value Gelu(Value x) => Append("Gelu", [x]);

    /// <summary>min(max(x, lowest), highest); a limit may be left out.</summary>
    public Value Clip(Value x, float? lowest = null, float? highest = null) =>
        Append("Clip", [x, lowest is float low ? Scalar(low, x) : default, highest is float high ? Scalar(high, x) : default]);

    /// <summary>The product of the last two axes as matrices; axes before them broadcast.</summary>
    public Value MatMul(Value a, Value b) => Append("MatMul", [a, b]);

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

    /// <summary>The mean over axes; over all of them when none is named.</summary>
    /// <param name="x">The values.</param>
    /// <param name="axes">Axes to average over; negative ones count from the last.</param>
    /// <param name="keepDimensions">Keep the averaged axes with extent 1.</param>
    public Value ReduceMean(Value x, ReadOnlySpan<long> axes = default, bool keepDimensions = true) =>
        Reduce("ReduceMean", x, axes, keepDimensions);

    /// <summary>The largest over axes; over all of them when none is named.</summary>
    /// <param name="x">The values.</param>
    /// <param name="axes">Axes to look over; negative ones count from the last.</param>
    /// <param name="keepDimensions">Keep those axes with extent 1.</param>
    public Value ReduceMax(Value x, ReadOnlySpan<long> axes = default, bool keepDimensions = true) =>
        Reduce("ReduceMax", x, axes, keepDimensions);

    /// <summary>exp(x) divided by its sum along an axis.</summary>
    public Value Softmax(Value x, int axis = -1) => Append("Softmax", [x], Attributes.None.With("axis", axis));

    /// <summary>x minus the logarithm of the sum of exp(x) along an axis.</summary>
    public Value LogSoftmax(Value x, int axis = -1) => Append("LogSoftmax", [x], Attributes.None.With("axis", axis));

    /// <summary>Drops elements with probability <paramref name="ratio"/> while training and nothing otherwise; <see cref="TrainingForm"/> turns it on.</summary>
    /// <param name="x">The values.</param>
    /// <param name="ratio">At least 0 and below 1.</param>
    public Value Dropout(Value x, float ratio) => Append("Dropout", [x, Constant(Tensor.Scalar(ratio), "ratio")]);

    /// <summary>The logistic loss of each sample: log(1 + exp(x)) - t · x, times the weight. Never leaves the process.</summary>
    /// <param name="logits">Any shape, by convention [N, 1].</param>
    /// <param name="targets">Of the same shape; probabilities between 0 and 1 are allowed.</param>
    /// <param name="weights">Optional, of the same shape.</param>
    public Value BinaryCrossEntropyWithLogits(Value logits, Value targets, Value weights = default) => weights.Name is null
        ? Append("BinaryCrossEntropyWithLogits", [logits, targets], domain: Operator.InternalDomain)
        : Append("BinaryCrossEntropyWithLogits", [logits, targets, weights], domain: Operator.InternalDomain);

    /// <summary>The softmax loss of each sample: minus the logarithm of the probability of its class.</summary>
    /// <param name="scores">[N, C].</param>
    /// <param name="labels">[N], Int64, from 0 to C - 1.</param>
    public Value SoftmaxCrossEntropy(Value scores, Value labels) =>
        Append("SoftmaxCrossEntropyLoss", [scores, labels], Attributes.None.With("reduction", "none"));

    /// <summary>The sum of every element, as a scalar, over the first axis (the samples) in 8 shards. Never leaves the process.</summary>
    public Value SumOverSamples(Value x) => Append("SumOverSamples", [x], domain: Operator.InternalDomain);

    /// <summary>The mean of every element, as a scalar; its sum over the first axis (the samples) is taken in 8 shards. Never leaves the process.</summary>
    public Value MeanOverSamples(Value x) => Append("SumOverSamples", [x], Attributes.None.With("mean", 1), Operator.InternalDomain);

    /// <summary>A constant of rank 0 and the element type of a value.</summary>
    internal Value Scalar(float value, Value like) => Constant(
        like.Type.Element switch
        {
            ElementType.Double => Tensor.Scalar((double)value),
            ElementType.Int64 => Tensor.Scalar((long)value),
            ElementType.Int32 => Tensor.Scalar((int)value),
            _ => Tensor.Scalar(value),
        },
        "scalar");

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
