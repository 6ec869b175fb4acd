using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Lets the readers of normalized images normalize them as they read, where all of them can: depthwise convolutions and convolutions of single pixels, and the
/// gradients of their filters. The normalized images are then neither written nor kept. The bits stay the same.
/// </summary>
internal static class NormalizationFusion
{
    /// <summary>More outputs than this are computed from single pixels in so many rounds that storing what they read costs less than normalizing it again.</summary>
    private const int MostOutputs = 64;

    /// <summary>The same graph with fewer images.</summary>
    public static Graph Apply(Graph graph)
    {
        var readers = graph.Nodes.SelectMany(node => node.Inputs.Distinct(StringComparer.Ordinal).Select(input => (input, node)))
            .ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
        var outputs = graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var replaced = new Dictionary<Node, Node>(ReferenceEqualityComparer.Instance);
        foreach (var node in graph.Nodes.Where(node => node is { Domain: Operator.InternalDomain, OpType: "BlockedNormalization", Inputs.Length: 5 }))
        {
            string y = node.Outputs[0];
            if (outputs.Contains(y) || !readers[y].Any() || !readers[y].All(reader => CanNormalize(reader, y)))
            {
                continue;
            }

            var factors = (Scale: y + ":scale", Shift: y + ":shift");
            replaced[node] = node with
            {
                OpType = "BlockedNormalizationFactors",
                Inputs = node.Inputs.RemoveAt(0),
                Outputs = [factors.Scale, factors.Shift],
                Attributes = Attributes.None.With("epsilon", node.Attributes.Float("epsilon", 1e-5f)),
            };
            foreach (var reader in readers[y])
            {
                replaced[reader] = NormalizedReading.With(reader, PlaceOfImages(reader), node.Inputs[0], factors, Clamp.Of(node.Attributes));
            }
        }

        return replaced.Count == 0 ? graph : graph with { Nodes = [.. graph.Nodes.Select(node => replaced.GetValueOrDefault(node, node))] };
    }

    /// <summary>The input that may be normalized: a gradient of filters reads the output's gradient first.</summary>
    private static int PlaceOfImages(Node node) => node.OpType.EndsWith("WeightGradient", StringComparison.Ordinal) ? 1 : 0;

    private static bool CanNormalize(Node node, string y)
    {
        if (node.Domain != Operator.InternalDomain || NormalizedReading.InputOf(node.OpType) < 0 || NormalizedReading.IsIn(node) || node.Attributes.Int("gradient", 0) == 1
            || node.Inputs[PlaceOfImages(node)] != y || node.Inputs.Count(input => input == y) > 1)
        {
            return false;
        }

        var sizes = ConvolutionSizes.Read(node.Attributes);
        return node.OpType.StartsWith("BlockedDepthwise", StringComparison.Ordinal)
            ? new DepthwiseConvolution(sizes).TakesNormalization
            : sizes.Outputs <= MostOutputs && BlockedConvolution.Forward(sizes).TakesNormalization && new ConvolutionWeightGradient(sizes).TakesNormalization;
    }
}
