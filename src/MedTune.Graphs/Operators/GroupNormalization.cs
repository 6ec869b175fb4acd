using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The channels of [N, C, ...] in num_groups groups, each group of each sample by itself: (x - mean) / sqrt(variance + epsilon) · scale + bias, one
/// scale and one bias per group (Wu and He 2018). From set 21 on there is one scale and one bias per channel.
/// </summary>
internal sealed class GroupNormalization : ChannelNormalizationOperator
{
    public override string Name => "GroupNormalization";

    public override int SinceOpset => 18;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("two groups", Sample.Values(1, 2, 4, 2, 3), Sample.Values(2, 2), Sample.Values(3, 2)) { Attributes = Of(2), FloatTolerance = 1e-5 };
            yield return new("one group", Sample.Values(4, 3, 2, 5), Sample.Values(5, 1), Sample.Values(6, 1)) { Attributes = Of(1), FloatTolerance = 1e-5 };
            yield return new("groups without more axes", Sample.Values(7, 3, 6), Sample.Values(8, 3), Sample.Values(9, 3))
            {
                Attributes = Of(3).With("epsilon", 0.0625f),
                FloatTolerance = 1e-5,
            };
        }
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        if (opset < 21 || !builder.Has(node.Inputs[0]) || !builder.Has(node.Inputs[1]) || !builder.Has(node.Inputs[2]))
        {
            return node;
        }

        var x = builder[node.Inputs[0]];
        if (!x.Type.HasRank)
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, "the rank of its input is not known; it is needed to scale each channel."));
        }

        // The groups are normalized plainly; scale and bias follow, lined up with axis 1.
        if (node.Attributes.Int("num_groups", 0) is not (>= 1 and <= 65536 and var groups))
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, "its attribute 'num_groups' must be a whole number from 1 to 65536."));
        }

        Tensor<float> ones = new(new Shape((int)groups));
        ones.Values.Fill(1);
        var plain = builder.Append(
            Name,
            [x, builder.Constant(ones, "ones"), builder.Constant(new Tensor<float>(new Shape((int)groups)), "zeros")],
            node.Attributes.Without("stash_type"));
        long[] column = [-1, .. Enumerable.Repeat(1L, Math.Max(0, x.Type.Rank - 2))];
        var scaled = builder.Multiply(plain, builder.Reshape(builder[node.Inputs[1]], column));
        return new Node("Add", [scaled.Name, builder.Reshape(builder[node.Inputs[2]], column).Name], node.Outputs, Attributes.None, Name: node.Name);
    }

    protected override long Groups(Attributes attributes) => attributes.Int("num_groups", -1);

    private static Attributes Of(int groups) => Attributes.None.With("num_groups", groups);
}
