using System.Collections.Immutable;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Makes one step of a depthwise convolution and the convolutions of single pixels around it, where nothing else reads what lies between and the images there
/// are larger than a core's cache. The bits stay the same.
/// </summary>
internal static class SeparableFusion
{
    /// <summary>Bytes of an inner image that are worth keeping out of memory.</summary>
    private const long LargeImage = 1 << 20;

    /// <summary>The same graph with fewer nodes.</summary>
    public static Graph Apply(Graph graph)
    {
        var readers = new Dictionary<string, List<Node>>(StringComparer.Ordinal);
        var givers = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            foreach (string output in node.Outputs)
            {
                givers[output] = node;
            }

            foreach (string input in node.Inputs.Where(input => input.Length > 0))
            {
                (readers.TryGetValue(input, out var list) ? list : readers[input] = []).Add(node);
            }
        }

        var outputs = graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        Node? OnlyReader(string name) => !outputs.Contains(name) && readers.TryGetValue(name, out var list) && list.Count == 1 ? list[0] : null;
        var replaced = new Dictionary<Node, Node?>(ReferenceEqualityComparer.Instance);
        foreach (var node in graph.Nodes.Where(node => Is(node, "BlockedDepthwise")))
        {
            var expand = givers.GetValueOrDefault(node.Inputs[0]) is Node before && OnlyReader(node.Inputs[0]) is not null && IsOfPixels(before) && before.Inputs.Length <= 3
                && !replaced.ContainsKey(before) && IsLarge(ConvolutionSizes.Read(before.Attributes)) ? before : null;
            var project = node.Inputs.Length <= 3 && OnlyReader(node.Outputs[0]) is Node after && IsOfPixels(after) && after.Inputs[0] == node.Outputs[0]
                && (expand is not null || IsLarge(ConvolutionSizes.Read(node.Attributes))) ? after : null;
            if (expand is null && project is null)
            {
                continue;
            }

            // The step stands where its last part stood: all it reads is there by then.
            (replaced[node], var last) = (null, project ?? node);
            if (expand is not null)
            {
                replaced[expand] = null;
            }

            replaced[last] = Join(expand, node, project);
        }

        return replaced.Count == 0 ? graph : graph with { Nodes = [.. graph.Nodes.Select(node => replaced.TryGetValue(node, out var other) ? other : node).OfType<Node>()] };
    }

    private static Node Join(Node? expand, Node depthwise, Node? project)
    {
        string Input(Node? node, int input) => node is not null && input < node.Inputs.Length ? node.Inputs[input] : "";
        var last = project ?? depthwise;
        var inputs = ImmutableArray.Create(
            (expand ?? depthwise).Inputs[0], depthwise.Inputs[1], Input(expand, 1), Input(expand, 2), Input(depthwise, 2), Input(project, 1), Input(project, 2));
        if (Input(last, 3) is { Length: > 0 } addend)
        {
            inputs = inputs.Add(addend);
        }

        var attributes = Attributes.None;
        foreach (var (name, node) in new[] { (BlockedSeparable.Before, expand), (BlockedSeparable.Middle, depthwise), (BlockedSeparable.After, project) })
        {
            if (node is not null)
            {
                attributes = ConvolutionSizes.Write(attributes, name, ConvolutionSizes.Read(node.Attributes));
                var (minimum, maximum) = Clamp.Of(node.Attributes);
                attributes = Clamp.With(attributes, minimum, maximum, name + "_");
            }
        }

        return last with { OpType = "BlockedSeparable", Inputs = inputs, Attributes = attributes };
    }

    private static bool Is(Node node, string opType) => node.Domain == Operator.InternalDomain && node.OpType == opType && node.Attributes.Int("gradient", 0) == 0;

    private static bool IsOfPixels(Node node) => Is(node, "BlockedConv") && SeparableConvolution.IsOfPixels(ConvolutionSizes.Read(node.Attributes));

    private static bool IsLarge(ConvolutionShape shape) => (long)shape.OutputLength * sizeof(float) >= LargeImage;
}
