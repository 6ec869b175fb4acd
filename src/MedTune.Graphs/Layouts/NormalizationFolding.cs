using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// A batch normalization with stored statistics behind a convolution, all of it constant, is a convolution with other filters and another bias. The new ones
/// are computed in double and rounded once.
/// </summary>
internal static class NormalizationFolding
{
    /// <summary>The normalizations that can be folded, by the output of their convolution.</summary>
    public static Dictionary<string, Node> Find(PlanAnalysis analysis)
    {
        var uses = analysis.Nodes.SelectMany(node => node.Inputs).Concat(analysis.Graph.Outputs.Select(output => output.Name))
            .GroupBy(name => name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var constant = analysis.Nodes.Where(node => node is { Domain: "", OpType: "Conv" } && node.Inputs.Skip(1).All(input => IsConstant(analysis, input)))
            .Select(node => node.Outputs[0]).ToHashSet(StringComparer.Ordinal);
        return analysis.Nodes
            .Where(node => node is { Domain: "", OpType: "BatchNormalization" } && node.Attributes.Int("training_mode", 0) == 0
                && constant.Contains(node.Inputs[0]) && uses[node.Inputs[0]] == 1 && node.Inputs.Skip(1).All(input => IsConstant(analysis, input)))
            .ToDictionary(node => node.Inputs[0], StringComparer.Ordinal);
    }

    /// <summary>The filters with the scale in them, and the bias filled up with zeros to whole blocks of channels.</summary>
    public static (Tensor Filters, Tensor Bias) Fold(PlanAnalysis analysis, Node convolution, Node normalization)
    {
        float[] Values(Node node, int input) => analysis.Known(node.Inputs[input])!.Values<float>().ToArray();
        var filters = analysis.Known(convolution.Inputs[1])!;
        var (scale, shift, mean, variance) = (Values(normalization, 1), Values(normalization, 2), Values(normalization, 3), Values(normalization, 4));
        double epsilon = normalization.Attributes.Float("epsilon", 1e-5f);
        bool hasBias = convolution.Inputs.Length > 2 && convolution.Inputs[2].Length > 0;
        int channels = filters.Shape[0];
        int each = filters.Length / Math.Max(1, channels);
        float[] scaled = filters.Values<float>().ToArray();
        float[] bias = new float[ChannelBlocks.Padded(channels)];
        for (int channel = 0; channel < channels; channel++)
        {
            double factor = scale[channel] / Math.Sqrt(variance[channel] + epsilon);
            double before = hasBias ? Values(convolution, 2)[channel] : 0;
            bias[channel] = (float)(((before - mean[channel]) * factor) + shift[channel]);
            foreach (ref float weight in scaled.AsSpan(channel * each, each))
            {
                weight = (float)(weight * factor);
            }
        }

        return (new Tensor<float>(filters.Shape, scaled), new Tensor<float>(new Shape(bias.Length), bias));
    }

    /// <summary>Filters in the order in which the blocked convolution of these attributes reads them.</summary>
    public static Tensor Packed(Tensor filters, Attributes attributes)
    {
        var node = new Node("PackFilters", ["filters"], ["packed"], attributes, Operator.InternalDomain);
        var type = TensorType.Of(filters);
        return NodeEvaluation.Run(node, [filters], [type], OperatorRegistry.For(node).Infer(new ShapeContext(node, [type], [filters])))[0];
    }

    private static bool IsConstant(PlanAnalysis analysis, string name) => name.Length == 0 || analysis.Known(name) is Tensor<float>;
}
