using System.Collections.Immutable;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Makes one step of the way back between two normalizations around a depthwise convolution: the second one's gradient of its images, the convolution's gradients of input
/// and filters, and the first one's sums. What lies between is read and written once instead of five times.
/// </summary>
internal static class DepthwiseGradientFusion
{
    /// <summary>The same graph with fewer sweeps.</summary>
    public static Graph Apply(Graph graph)
    {
        var readers = graph.Nodes.SelectMany(node => node.Inputs.Distinct(StringComparer.Ordinal).Select(input => (input, node)))
            .ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
        var givers = graph.Nodes.SelectMany(node => node.Outputs.Select(output => (output, node))).Where(pair => pair.output.Length > 0)
            .ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        var outputs = graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var replaced = new Dictionary<Node, Node?>(ReferenceEqualityComparer.Instance);
        foreach (var input in graph.Nodes.Where(node => Is(node, "BlockedDepthwise") && node.Attributes.Int("gradient", 0) == 1 && node.Inputs.Length == 2))
        {
            var (dz, dy) = (input.Inputs[0], input.Outputs[0]);
            if (!outputs.Contains(dz) && !outputs.Contains(dy)
                && givers.GetValueOrDefault(dz) is Node behind && Is(behind, "BlockedNormalizationGradient")
                && readers[dz].Where(node => node != input).ToArray() is [Node filters] && Is(filters, "BlockedDepthwiseWeightGradient") && filters.Inputs[0] == dz
                && readers[dy].ToArray() is [Node before] && Is(before, "BlockedNormalizationGradient") && before.Inputs[0] == dy
                && Fits(filters, before, givers) && !replaced.ContainsKey(behind) && !replaced.ContainsKey(before))
            {
                string table = dz + ":table", first = dy + ":table";
                replaced[behind] = behind with { OpType = "BlockedNormalizationGradientSums", Outputs = behind.Outputs.SetItem(0, table) };
                replaced[input] = Join(behind, input, filters, before, (table, first));
                replaced[filters] = null;
                replaced[before] = before with
                {
                    OpType = "BlockedNormalizationGradientInput",
                    Inputs = [dy, before.Inputs[1], first],
                    Outputs = [before.Outputs[0]],
                };
            }
        }

        return replaced.Count == 0 ? graph : graph with { Nodes = [.. graph.Nodes.Select(node => replaced.TryGetValue(node, out var other) ? other : node).OfType<Node>()] };
    }

    private static Node Join(Node behind, Node input, Node filters, Node before, (string Behind, string Before) tables)
    {
        var (last, bounds) = (Clamp.Of(behind.Attributes), Clamp.Of(before.Attributes));
        string Gradient(int output) => output < before.Outputs.Length ? before.Outputs[output] : "";
        var attributes = ConvolutionSizes.Write(ConvolutionSizes.Read(filters.Attributes)).With("shape", filters.Attributes.Ints("shape"))
            .With("epsilon", before.Attributes.Float("epsilon", 1e-5f)).With("batch", before.Attributes.Int("batch", 0));
        return input with
        {
            OpType = "BlockedDepthwiseGradient",
            Inputs = [behind.Inputs[0], behind.Inputs[1], tables.Behind, input.Inputs[1], .. before.Inputs.Skip(1)],
            Outputs = [input.Outputs[0], filters.Outputs[0], tables.Before, Gradient(1), Gradient(2)],
            Attributes = Clamp.With(Clamp.With(attributes, bounds.Minimum, bounds.Maximum), last.Minimum, last.Maximum, BlockedDepthwiseGradient.Behind),
        };
    }

    /// <summary>Whether the filters' gradient reads what the first normalization gave, which its way back can compute again, and the sizes suit.</summary>
    private static bool Fits(Node filters, Node before, Dictionary<string, Node> givers)
    {
        if (!NormalizedReading.IsIn(filters) || before.Inputs.Length != 6 || filters.Inputs[1] != before.Inputs[1] || NormalizedReading.BoundsOf(filters) != Clamp.Of(before.Attributes))
        {
            return false;
        }

        // Scale, bias, mean and variance; the way back has the bias last.
        var factors = givers[filters.Inputs[2]];
        ImmutableArray<string> same = [before.Inputs[2], before.Inputs[5], before.Inputs[3], before.Inputs[4]];
        return factors.Inputs.SequenceEqual(same, StringComparer.Ordinal) && factors.Attributes.Float("epsilon", 0) == before.Attributes.Float("epsilon", 1e-5f)
            && DepthwiseBackward.Fits(ConvolutionSizes.Read(filters.Attributes));
    }

    private static bool Is(Node node, string opType) => node.Domain == Operator.InternalDomain && node.OpType == opType;
}
