namespace MedTune.Graphs.Operators;

/// <summary>
/// Before operator set 7 broadcasting had to be asked for: the attribute <c>broadcast</c>, and <c>axis</c> for where the second input's shape
/// lies within the first one's (at its end by default).
/// </summary>
internal static class LegacyBroadcast
{
    /// <summary>The node in today's form: the second input gets the trailing axes that line it up.</summary>
    public static Node Adapt(Node node, int opset, GraphBuilder builder)
    {
        bool hasAxis = node.Attributes.Has("axis");
        if (opset >= 7 || node.Inputs.Length != 2)
        {
            return node;
        }

        var plain = node with { Attributes = node.Attributes.Without("broadcast").Without("axis").Without("consumed_inputs") };
        if (node.Attributes.Int("broadcast", 0) == 0 || !hasAxis)
        {
            return plain;
        }

        var (x, y) = (builder[node.Inputs[0]].Type, builder[node.Inputs[1]].Type);
        if (!x.HasRank || !y.HasRank)
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, "it broadcasts in the form of operator set 6, but the ranks of its inputs are not known."));
        }

        long axis = node.Attributes.Int("axis", 0);
        long trailing = x.Rank - (axis < 0 ? axis + x.Rank : axis) - y.Rank;
        if (trailing < 0 || trailing > x.Rank)
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, "its attribute 'axis' puts the second input outside the first one."));
        }

        if (trailing == 0)
        {
            return plain;
        }

        long[] axes = [.. Enumerable.Range(y.Rank, (int)trailing).Select(place => (long)place)];
        return plain with { Inputs = [node.Inputs[0], builder.Unsqueeze(builder[node.Inputs[1]], axes).Name] };
    }
}
