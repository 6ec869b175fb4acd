using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Scaled dot-product attention (Vaswani and others 2017) of Q, K and V, each [batch, heads, length, width] or [batch, length, heads · width] with
/// q_num_heads and kv_num_heads; several query heads may share a key head. Input 3 is a mask, Bool or added; inputs 4 and 5 are past keys and values, which
/// outputs 1 and 2 give on. The scores are scaled, softly limited (softcap), masked; is_causal lets a query see the past and itself. A query that may see
/// nothing gets 0. Output 3 is the matrix of scores.
/// </summary>
internal sealed class Attention : Operator
{
    public override string Name => "Attention";

    public override int SinceOpset => 23;

    public override int MinimumInputs => 3;

    public override int MaximumInputs => 6;

    public override int MaximumOutputs => 4;

    public override IEnumerable<OperatorCase> Cases => AttentionCases.All;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var q = context.Require(0, ElementType.Float, ElementType.Double);
        foreach (int input in (int[])[1, 2, 4, 5])
        {
            if (context.Has(input))
            {
                context.RequireSame(input, 0);
            }
        }

        if (context.Has(3) && context.Input(3).Element != ElementType.Bool)
        {
            context.RequireSame(3, 0);
        }

        if (context.Has(4) != context.Has(5))
        {
            throw context.Error("it has past keys or past values; both or none were expected.");
        }

        var (k, v) = (context.Input(1), context.Input(2));
        if (!q.HasRank || !k.HasRank || !v.HasRank)
        {
            return [.. Enumerable.Repeat(q with { Dimensions = default }, 4)];
        }

        bool hasHeads = context.Attributes.Int("q_num_heads", 0) > 0 && context.Attributes.Int("kv_num_heads", 0) > 0;
        return q.Rank is 3 or 4 && k.Rank == q.Rank && v.Rank == q.Rank && (q.Rank == 4 || hasHeads)
            ? Types(context, q, k, v)
            : throw context.Error($"its inputs are {q}, {k} and {v}; each [batch, heads, length, width] was expected, or [batch, length, features] with q_num_heads and kv_num_heads.");
    }

    public override Action Compile(KernelContext context)
    {
        var sizes = AttentionSizes.Of(context);
        return context.ElementOf(0) switch
        {
            ElementType.Float when context.HasOutput(3) => new AttentionReference<float>(context, sizes).Run,
            ElementType.Float => new AttentionKernel(context, sizes).Run,
            ElementType.Double => new AttentionReference<double>(context, sizes).Run,
            var other => throw context.Unsupported(other),
        };
    }

    public override void Gradient(GradientContext context)
    {
        if (context.OutputGradientOrNull(3) is not null)
        {
            throw context.Error("its matrix of scores cannot be differentiated, only its other outputs.");
        }

        AttentionBody.Gradient(context);
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => node with { Attributes = node.Attributes.Without("softmax_precision") };

    public override ImmutableArray<Value> Expand(GraphBuilder builder, Node node) => AttentionBody.Expand(builder, node);

    private static ImmutableArray<TensorType> Types(ShapeContext context, TensorType q, TensorType k, TensorType v)
    {
        var attributes = context.Attributes;
        int axis = q.Rank == 4 ? 2 : 1;
        Dimension Heads(TensorType type, string name) => type.Rank == 4 ? type.Dimensions[1] : (int)attributes.Int(name, 1);
        Dimension Width(TensorType type, Dimension heads) =>
            type.Rank == 4 ? type.Dimensions[3] : type.Dimensions[2].Value is int features && heads.Value is > 0 and int count ? features / count : Dimension.Unknown;
        var (heads, shared) = (Heads(q, "q_num_heads"), Heads(k, "kv_num_heads"));
        var keys = k.Dimensions[axis];
        if (context.Has(4))
        {
            var past = context.Input(4);
            keys = past.HasRank && past.Rank == 4 && past.Dimensions[2].Value is int before && keys.Value is int fresh ? before + fresh : Dimension.Unknown;
        }

        var valueWidth = Width(v, shared);
        var y = q.Rank == 4
            ? q.Dimensions.SetItem(3, valueWidth)
            : q.Dimensions.SetItem(2, valueWidth.Value is int width && heads.Value is int count ? width * count : Dimension.Unknown);
        if (q.Dimensions[^1].Value is int and 0)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its queries have no features."));
        }

        return
        [
            q with { Dimensions = y },
            q with { Dimensions = [k.Dimensions[0], shared, keys, Width(k, shared)] },
            q with { Dimensions = [k.Dimensions[0], shared, keys, valueWidth] },
            q with { Dimensions = [q.Dimensions[0], heads, q.Dimensions[axis], keys] },
        ];
    }
}
