using MedTune.Graphs.Execution;
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

    /// <summary>The filters with the scale in them.</summary>
    /// <param name="filters">Those of the convolution, as many numbers for each output channel.</param>
    /// <param name="scale">The normalization's scale by channel.</param>
    /// <param name="variance">Its stored variance by channel.</param>
    /// <param name="epsilon">What it adds to the variance.</param>
    /// <param name="scaled">As many numbers as the filters, written over.</param>
    public static void Scale(ReadOnlySpan<float> filters, ReadOnlySpan<float> scale, ReadOnlySpan<float> variance, double epsilon, Span<float> scaled)
    {
        int each = filters.Length / Math.Max(1, scale.Length);
        for (int channel = 0; channel < scale.Length; channel++)
        {
            double factor = Factor(scale[channel], variance[channel], epsilon);
            for (int i = channel * each; i < (channel + 1) * each; i++)
            {
                scaled[i] = (float)(filters[i] * factor);
            }
        }
    }

    /// <summary>The bias of the convolution that does the normalization too, filled up with zeros to whole blocks of channels.</summary>
    public static Tensor Bias(PlanAnalysis analysis, Node convolution, Node normalization)
    {
        float[] Values(Node node, int input) => analysis.Known(node.Inputs[input])!.Values<float>().ToArray();
        var (scale, shift, mean, variance) = (Values(normalization, 1), Values(normalization, 2), Values(normalization, 3), Values(normalization, 4));
        bool hasBias = convolution.Inputs.Length > 2 && convolution.Inputs[2].Length > 0;
        float[] before = hasBias ? Values(convolution, 2) : new float[scale.Length];
        float[] bias = new float[ChannelBlocks.Padded(scale.Length)];
        for (int channel = 0; channel < scale.Length; channel++)
        {
            bias[channel] = (float)(((before[channel] - (double)mean[channel]) * Factor(scale[channel], variance[channel], Epsilon(normalization))) + shift[channel]);
        }

        return new Tensor<float>(new Shape(bias.Length), bias);
    }

    /// <summary>What a normalization adds to the variance.</summary>
    public static float Epsilon(Node normalization) => normalization.Attributes.Float("epsilon", 1e-5f);

    private static double Factor(float scale, float variance, double epsilon) => scale / Math.Sqrt(variance + epsilon);

    private static bool IsConstant(PlanAnalysis analysis, string name) => name.Length == 0 || analysis.Known(name) is Tensor<float>;
}
