using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Architectures;

/// <summary>Appends the layers that networks are made of. A layer's parameters are initializers under its prefix, named and shaped as PyTorch does.</summary>
internal sealed class Layers
{
    private readonly InitialWeights _initial;
    private readonly List<string> _parameters = [];
    private readonly List<string> _statistics = [];
    private readonly string _name;

    public Layers(string name, ulong? seed)
    {
        _name = name;
        _initial = new InitialWeights(seed);
        Build = new GraphBuilder(name);
    }

    /// <summary>The graph so far.</summary>
    public GraphBuilder Build { get; }

    /// <summary>A parameter that starts normal and small, as transformers do.</summary>
    public Value Small(string name, params ReadOnlySpan<int> shape) => Parameter(name, _initial.TruncatedNormal(name, new Shape(shape)));

    /// <summary>A parameter that starts with one value everywhere.</summary>
    public Value Filled(string name, float value, params ReadOnlySpan<int> shape) => Parameter(name, InitialWeights.Constant(new Shape(shape), value));

    /// <summary>x Wᵀ + b of a matrix [rows, inputs], with <c>weight</c> [outputs, inputs] and <c>bias</c>.</summary>
    /// <param name="x">Float [rows, inputs].</param>
    /// <param name="prefix">What the names begin with, ending in a dot.</param>
    /// <param name="outputs">Columns of the result.</param>
    /// <param name="isSmall">Start truncated normal with bias 0 (transformers) and not as PyTorch's linear layer.</param>
    /// <param name="outputName">Name of the result; a fresh one by default.</param>
    public Value Linear(Value x, string prefix, int outputs, bool isSmall = false, string? outputName = null)
    {
        int inputs = x.Type.Dimensions[^1].Value!.Value;
        (string weight, string bias) = (prefix + "weight", prefix + "bias");
        var shape = new Shape(outputs, inputs);
        var w = Parameter(weight, isSmall ? _initial.TruncatedNormal(weight, shape) : _initial.Uniform(weight, shape, inputs));
        var b = Parameter(bias, isSmall ? new Tensor<float>(new Shape(outputs)) : _initial.Uniform(bias, new Shape(outputs), inputs));
        return Build.Append("Gemm", [x, w, b], Attributes.None.With("transB", 1), outputName: outputName);
    }

    /// <summary>Rows of <c>weight</c> [rows, width], one per index.</summary>
    public Value Embedding(Value indices, string prefix, int rows, int width) => Build.Gather(Small(prefix + "weight", rows, width), indices);

    /// <summary>Layer normalization over the last axis.</summary>
    public Value LayerNorm(Value x, string prefix, float epsilon, string? outputName = null)
    {
        int width = x.Type.Dimensions[^1].Value!.Value;
        return Build.Append(
            "LayerNormalization",
            [x, Filled(prefix + "weight", 1, width), Filled(prefix + "bias", 0, width)],
            Attributes.None.With("epsilon", epsilon),
            outputName: outputName);
    }

    /// <summary>A convolution over one or two axes, without bias unless asked for.</summary>
    /// <param name="x">Float [N, C, ...].</param>
    /// <param name="prefix">What the names begin with, ending in a dot.</param>
    /// <param name="outputs">Channels of the result.</param>
    /// <param name="kernel">Extent along every spatial axis.</param>
    /// <param name="stride">Step along every spatial axis.</param>
    /// <param name="padding">Zeros on either side of every spatial axis; by default what keeps the extents at stride 1.</param>
    /// <param name="groups">Groups of channels that do not meet.</param>
    /// <param name="dilation">Distance of the kernel's taps.</param>
    /// <param name="hasBias">Whether there is a <c>bias</c>.</param>
    public Value Conv(
        Value x, string prefix, int outputs, int kernel, int stride = 1, int? padding = null, int groups = 1, int dilation = 1, bool hasBias = false)
    {
        int axes = x.Type.Rank - 2;
        int channels = x.Type.Dimensions[1].Value!.Value;
        string name = prefix + "weight";
        var w = Parameter(name, _initial.Kaiming(name, new Shape([outputs, channels / groups, .. Enumerable.Repeat(kernel, axes)])));
        var attributes = Attributes.None
            .With("kernel_shape", Repeated(kernel, axes))
            .With("strides", Repeated(stride, axes))
            .With("dilations", Repeated(dilation, axes))
            .With("pads", Repeated(padding ?? dilation * (kernel - 1) / 2, 2 * axes))
            .With("group", groups);
        return Build.Append("Conv", hasBias ? [x, w, Filled(prefix + "bias", 0, outputs)] : [x, w], attributes);
    }

    /// <summary>A transposed convolution with bias whose kernel is as large as its stride, so that the extents grow by it.</summary>
    public Value UpConv(Value x, string prefix, int outputs, int stride)
    {
        int axes = x.Type.Rank - 2;
        string name = prefix + "weight";
        var w = Parameter(name, _initial.Kaiming(name, new Shape([x.Type.Dimensions[1].Value!.Value, outputs, .. Enumerable.Repeat(stride, axes)])));
        var attributes = Attributes.None.With("kernel_shape", Repeated(stride, axes)).With("strides", Repeated(stride, axes));
        return Build.Append("ConvTranspose", [x, w, Filled(prefix + "bias", 0, outputs)], attributes);
    }

    /// <summary>Batch normalization by the running statistics; the training form switches it to those of the batch.</summary>
    public Value BatchNorm(Value x, string prefix, float epsilon = 1e-5f)
    {
        int channels = x.Type.Dimensions[1].Value!.Value;
        var (scale, bias) = (Filled(prefix + "weight", 1, channels), Filled(prefix + "bias", 0, channels));
        var mean = Statistic(prefix + "running_mean", channels, 0);
        var variance = Statistic(prefix + "running_var", channels, 1);
        return Build.Append(
            "BatchNormalization", [x, scale, bias, mean, variance], Attributes.None.With("epsilon", epsilon).With("momentum", 0.9f));
    }

    /// <summary>The largest of every window.</summary>
    public Value MaxPool(Value x, int kernel, int stride, int padding = 0) => Pool("MaxPool", x, kernel, stride, padding);

    /// <summary>The mean of every window.</summary>
    public Value AveragePool(Value x, int kernel, int stride) => Pool("AveragePool", x, kernel, stride, 0);

    /// <summary>x times its logistic function (SiLU, also called Swish).</summary>
    public Value Silu(Value x) => Build.Multiply(x, Build.Sigmoid(x));

    /// <summary>The mean of every channel: the pooled feature vector of a convolutional network, under its name.</summary>
    public Value PooledFeatures(Value x) => Build.Append(
        "Flatten", [Build.Append("GlobalAveragePool", [x])], Attributes.None.With("axis", 1), outputName: Architecture.Features);

    /// <summary>The classifier: logits from the features.</summary>
    public void Classifier(Value features, string prefix, int classes, bool isSmall = false) =>
        Build.Output(Linear(features, prefix, classes, isSmall, Architecture.Logits));

    /// <summary>The finished network.</summary>
    /// <param name="head">What the names of the head's parameters begin with.</param>
    public Architecture Finish(string head) => new()
    {
        Name = _name,
        Graph = Build.Build(),
        Parameters = [.. _parameters],
        Statistics = [.. _statistics],
        Head = head,
    };

    private static ImmutableArray<long> Repeated(int value, int times) => [.. Enumerable.Repeat((long)value, times)];

    private Value Pool(string opType, Value x, int kernel, int stride, int padding)
    {
        int axes = x.Type.Rank - 2;
        return Build.Append(opType, [x], Attributes.None
            .With("kernel_shape", Repeated(kernel, axes)).With("strides", Repeated(stride, axes)).With("pads", Repeated(padding, 2 * axes)));
    }

    private Value Parameter(string name, Tensor tensor)
    {
        _parameters.Add(name);
        return Build.Initializer(name, tensor);
    }

    private Value Statistic(string name, int channels, float value)
    {
        _statistics.Add(name);
        return Build.Initializer(name, InitialWeights.Constant(new Shape(channels), value));
    }
}
