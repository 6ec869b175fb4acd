using System.Collections.Frozen;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <content>What becomes of each operator. A rule answers false when the node does not fit it; the node then stays as it is.</content>
internal sealed partial class BlockedLayout
{
    /// <summary>Planar images up to this many channels are read as they stand: in blocks most of each would be empty.</summary>
    private const int MostPlanarChannels = 4;

    /// <summary>Below this many output pixels, constant filters stay as they are: a single image would wait for the larger transformed ones longer than they save.</summary>
    private const int FewPixels = 64;

    /// <summary>Operators that work element by element and give finite numbers for the zeros that fill up the last block.</summary>
    private static readonly FrozenSet<string> ElementWise = FrozenSet.Create(
        StringComparer.Ordinal,
        "Relu", "ReluGradient", "Clip", "ClipGradient", "LeakyRelu", "Sigmoid", "SigmoidGradient", "Tanh", "TanhGradient", "HardSigmoid", "HardSwish",
        "Add", "Sub", "Mul", "Sum", "Neg", "Identity");

    private bool Rewrite(Node node) => (node.Domain, node.OpType) switch
    {
        ("", "Conv") => Convolution(node),
        (Operator.InternalDomain, "ConvInputGradient") => ConvolutionInputGradient(node),
        (Operator.InternalDomain, "ConvWeightGradient") => ConvolutionWeightGradient(node),
        ("", "BatchNormalization") => Normalization(node),
        (Operator.InternalDomain, "BatchNormalizationGradient") => NormalizationGradient(node),
        ("", "MaxPool") => Pool(node, "max"),
        ("", "AveragePool") => Pool(node, "mean"),
        (Operator.InternalDomain, "MaxPoolGradient") => PoolGradient(node, "max"),
        (Operator.InternalDomain, "AveragePoolGradient") => PoolGradient(node, "mean"),
        ("", "GlobalAveragePool") => GlobalMean(node),
        (Operator.InternalDomain, "Spread") => GlobalMeanGradient(node),
        ("", "Concat") => Concatenation(node),
        (Operator.InternalDomain, "SumTo") => ChannelSum(node),
        ("", "Dropout") => Unchanged(node),
        _ => ElementWise.Contains(node.OpType) && Elements(node),
    };

    private bool Convolution(Node node)
    {
        var (x, w) = (node.Inputs[0], node.Inputs[1]);
        if (SizesOf(node, x, w) is not ConvolutionShape sizes)
        {
            return false;
        }

        // Trained filters are transformed in every step and used by a whole batch.
        sizes = sizes with { IsDirect = _analysis.Known(w) is not null && sizes.OutputHeight * sizes.OutputWidth < FewPixels };

        // A normalization with stored statistics right behind becomes part of filters and bias.
        bool hasBias = node.Inputs.Length > 2 && node.Inputs[2].Length > 0;
        string output = node.Outputs[0];
        var attributes = ConvolutionSizes.Write(sizes);
        Value weights;
        var bias = hasBias ? PadChannels(node.Inputs[2]) : default(Value?);
        if (_folded.TryGetValue(output, out var normalization))
        {
            // Scaled while they are packed, so that scaled filters are not kept beside the packed ones.
            var packing = attributes.With("epsilon", NormalizationFolding.Epsilon(normalization));
            weights = _builder.Append(
                "PackFilters", [Plain(w), Plain(normalization.Inputs[1]), Plain(normalization.Inputs[4])], IsDepthwise(node) ? packing.With("depthwise", 1) : packing, Operator.InternalDomain);
            bias = _builder.Constant(NormalizationFolding.Bias(_analysis, node, normalization), "bias");
            output = normalization.Outputs[0];
        }
        else
        {
            weights = Packed(Plain(w), IsDepthwise(node) ? attributes.With("depthwise", 1) : attributes);
        }

        var input = sizes.IsPlanar ? Plain(x) : Blocked(x);
        Give(output, IsDepthwise(node) ? "BlockedDepthwise" : "BlockedConv", bias is Value given ? [input, weights, given] : [input, weights], attributes);
        return true;
    }

    private bool ConvolutionInputGradient(Node node)
    {
        var (dy, w, x) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        if (SizesOf(node, x, w) is not ConvolutionShape sizes)
        {
            return false;
        }

        var forward = ConvolutionSizes.Write(sizes with { IsPlanar = false });
        var attributes = forward.With("gradient", 1);
        if (IsDepthwise(node))
        {
            Give(node.Outputs[0], "BlockedDepthwise", [Blocked(dy), Packed(Plain(w), forward.With("depthwise", 1))], attributes);
            return true;
        }

        Give(node.Outputs[0], "BlockedConv", [Blocked(dy), Packed(Plain(w), attributes)], attributes);
        return true;
    }

    private bool ConvolutionWeightGradient(Node node)
    {
        var (dy, x, w) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        if (SizesOf(node, x, w) is not ConvolutionShape sizes)
        {
            return false;
        }

        var attributes = ConvolutionSizes.Write(sizes).With("shape", Extents(w));
        string opType = IsDepthwise(node) ? "BlockedDepthwiseWeightGradient" : "BlockedConvWeightGradient";
        _builder.Append(opType, [Blocked(dy), sizes.IsPlanar ? Plain(x) : Blocked(x)], attributes, Operator.InternalDomain, node.Outputs[0]);
        return true;
    }

    private static bool IsDepthwise(Node node) => node.Attributes.Int("group", 1) > 1;

    /// <summary>The sizes of a convolution that blocks can do: one or two spatial axes, and no groups or one for each channel; null for others.</summary>
    private ConvolutionShape? SizesOf(Node node, string x, string w)
    {
        if (!IsImage(x) || (IsDepthwise(node) && (node.Attributes.Int("group", 1) != ShapeOf(x)[1] || ShapeOf(w)[0] != ShapeOf(x)[1])))
        {
            return null;
        }

        var sizes = ConvolutionSizes.Of(node.Attributes, ShapeOf(x), ShapeOf(w), detail => new InvalidGraphException(NodeErrors.Sentence(node, detail)));
        if (sizes is null || sizes.Products == 0)
        {
            return null;
        }

        bool isPlanar = sizes.Channels <= MostPlanarChannels && !_blocked.Contains(x) && !IsDepthwise(node);
        return new[] { sizes with { IsPlanar = isPlanar }, sizes }.FirstOrDefault(BlockedConvolution.Fits);
    }

    private Value Packed(Value filters, Attributes attributes) => Once(
        $"packed {filters.Name} {string.Join(',', attributes.Ints("sizes"))} {attributes.Int("gradient", 0)} {attributes.Int("depthwise", 0)}",
        () => _builder.Append("PackFilters", [filters], attributes, Operator.InternalDomain));

    private bool Normalization(Node node)
    {
        string x = node.Inputs[0];
        if (_blocked.Contains(node.Outputs[0]))
        {
            return true;
        }

        if (!IsImage(x) || !_blocked.Contains(x))
        {
            return false;
        }

        var attributes = Attributes.None.With("epsilon", node.Attributes.Float("epsilon", 1e-5f));
        if (node.Attributes.Int("training_mode", 0) == 0)
        {
            Give(node.Outputs[0], "BlockedNormalization", [Blocked(x), .. node.Inputs.Skip(1).Select(PadChannels)], attributes);
            return true;
        }

        var (mean, variance) = Moments(x);
        Give(node.Outputs[0], "BlockedNormalization", [Blocked(x), PadChannels(node.Inputs[1]), PadChannels(node.Inputs[2]), mean, variance], attributes);
        float momentum = node.Attributes.Float("momentum", 0.9f);
        float values = (float)ShapeOf(x).Length / ShapeOf(x)[1];
        float correction = node.Attributes.Int("unbiased", 0) == 1 ? values / (values - 1) : 1;
        Move(node, 1, mean, momentum, 1 - momentum);
        Move(node, 2, variance, momentum, (1 - momentum) * correction);
        return true;
    }

    /// <summary>The running number moves towards that of the batch.</summary>
    private void Move(Node node, int output, Value batch, float stays, float comes)
    {
        if (output < node.Outputs.Length && node.Outputs[output].Length > 0)
        {
            var running = PadChannels(node.Inputs[2 + output]);
            CutChannels(_builder.Add(_builder.Multiply(running, _builder.Scalar(stays, running)), _builder.Multiply(batch, _builder.Scalar(comes, batch))), node.Outputs[output]);
        }
    }

    private (Value Mean, Value Variance) Moments(string x)
    {
        var mean = Once("mean " + x, () =>
        {
            var moments = _builder.Append(new Node("BlockedMoments", [BlockedName(x)], [_builder.FreshName("mean"), _builder.FreshName("variance")], Attributes.None, Operator.InternalDomain));
            _made["variance " + x] = moments[1];
            return moments[0];
        });
        return (mean, _made["variance " + x]);
    }

    private bool NormalizationGradient(Node node)
    {
        string x = node.Inputs[1];
        if (!IsImage(x) || !_blocked.Contains(x))
        {
            return false;
        }

        bool isBatch = node.Attributes.Int("training_mode", 0) == 1;
        Value mean, variance;
        (mean, variance) = isBatch ? Moments(x) : (PadChannels(node.Inputs[3]), PadChannels(node.Inputs[4]));
        var attributes = Attributes.None.With("epsilon", node.Attributes.Float("epsilon", 1e-5f)).With("batch", isBatch);
        string[] names = [BlockedName(node.Outputs[0].Length > 0 ? node.Outputs[0] : _builder.FreshName("unused")), _builder.FreshName("scale"), _builder.FreshName("bias")];
        var outputs = _builder.Append(new Node(
            "BlockedNormalizationGradient",
            [Blocked(node.Inputs[0]).Name, Blocked(x).Name, PadChannels(node.Inputs[2]).Name, mean.Name, variance.Name],
            [.. names],
            attributes,
            Operator.InternalDomain));
        _blocked.Add(node.Outputs[0]);
        for (int output = 1; output < node.Outputs.Length; output++)
        {
            if (node.Outputs[output].Length > 0)
            {
                CutChannels(outputs[output], node.Outputs[output]);
            }
        }

        return true;
    }

    private bool Pool(Node node, string kind)
    {
        string x = node.Inputs[0];
        bool isPlain = node.Outputs.Skip(1).All(output => output.Length == 0);
        if (!IsImage(x) || !_blocked.Contains(x) || !isPlain)
        {
            return false;
        }

        Give(node.Outputs[0], "BlockedPool", [Blocked(x)], node.Attributes.With("kind", kind));
        return true;
    }

    private bool PoolGradient(Node node, string kind)
    {
        var (dy, x) = (node.Inputs[0], node.Inputs[1]);
        if (!IsImage(x) || !_blocked.Contains(x))
        {
            return false;
        }

        Give(node.Outputs[0], "BlockedPool", [Blocked(dy), Blocked(x)], node.Attributes.With("kind", kind).With("gradient", 1));
        return true;
    }

    private bool GlobalMean(Node node)
    {
        string x = node.Inputs[0];
        if (!IsImage(x) || !_blocked.Contains(x))
        {
            return false;
        }

        _builder.Append("BlockedGlobalMean", [Blocked(x)], Attributes.None.With("shape", Extents(node.Outputs[0])), Operator.InternalDomain, node.Outputs[0]);
        return true;
    }

    /// <summary>The gradient of a mean over all spatial axes of images that are blocked.</summary>
    private bool GlobalMeanGradient(Node node)
    {
        var (dy, x) = (node.Inputs[0], node.Inputs[1]);
        if (!IsImage(x) || !_blocked.Contains(x) || node.Attributes.Int("mean", 0) != 1 || !IsImage(dy) || ShapeOf(dy).Extents[2..].ToArray().Any(extent => extent != 1))
        {
            return false;
        }

        Give(node.Outputs[0], "BlockedGlobalMeanGradient", [Plain(dy), Blocked(x)], Attributes.None);
        return true;
    }

    /// <summary>The gradient of a bias: the sum over samples and pixels, [C, 1...].</summary>
    private bool ChannelSum(Node node)
    {
        var (x, like) = (node.Inputs[0], node.Inputs[1]);
        if (!IsImage(x) || !_blocked.Contains(x) || _analysis.TypeOf(like).Rank != ShapeOf(x).Rank - 1 || ShapeOf(like)[0] != ShapeOf(x)[1] || ShapeOf(like).Length != ShapeOf(x)[1])
        {
            return false;
        }

        _builder.Append("BlockedChannelSum", [Blocked(x)], Attributes.None.With("shape", Extents(node.Outputs[0])), Operator.InternalDomain, node.Outputs[0]);
        return true;
    }

    private bool Concatenation(Node node)
    {
        // Blocks can be put side by side where all but the last are full.
        bool fits = node.Attributes.Int("axis", 0) == 1 && node.Inputs.All(input => IsImage(input) && _blocked.Contains(input))
            && node.Inputs.SkipLast(1).All(input => ShapeOf(input)[1] % ChannelBlocks.Size == 0);
        if (fits)
        {
            Give(node.Outputs[0], "Concat", [.. node.Inputs.Select(Blocked)], node.Attributes, "");
        }

        return fits;
    }

    /// <summary>A Dropout that drops nothing: the same images under another name.</summary>
    private bool Unchanged(Node node)
    {
        // One that may drop, or whose mask is asked for, stays with the plain operator.
        bool IsRead(string name) => name.Length > 0
            && (_analysis.Nodes.Any(other => other.Inputs.Contains(name)) || _analysis.Graph.Outputs.Any(output => output.Name == name));
        if (node.Inputs.Length > 2 || node.Outputs.Skip(1).Any(IsRead) || !_blocked.Contains(node.Inputs[0]))
        {
            return false;
        }

        Give(node.Outputs[0], "Identity", [Blocked(node.Inputs[0])], Attributes.None, "");
        return true;
    }

    private bool Elements(Node node)
    {
        if (node.Outputs.Length != 1 || !IsImage(node.Outputs[0]))
        {
            return false;
        }

        var shape = ShapeOf(node.Outputs[0]);
        var inputs = new List<Value>();
        bool any = false;
        foreach (string input in node.Inputs)
        {
            if (input.Length == 0)
            {
                inputs.Add(default);
            }
            else if (ShapeOf(input).Length == 1)
            {
                inputs.Add(Plain(input));
            }
            else if (ShapeOf(input) == shape && IsImage(input))
            {
                any |= _blocked.Contains(input);
                inputs.Add(new Value(input, default));
            }
            else
            {
                return false;
            }
        }

        if (!any)
        {
            return false;
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            inputs[i] = node.Inputs[i].Length > 0 && ShapeOf(node.Inputs[i]).Length != 1 ? Blocked(node.Inputs[i]) : inputs[i];
        }

        Give(node.Outputs[0], node.OpType, [.. inputs], node.Attributes, node.Domain);
        return true;
    }
}
