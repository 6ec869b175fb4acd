using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What <see cref="Attention"/> stands for in operators of set 18, and its gradient.</summary>
internal static class AttentionBody
{
    /// <summary>The nodes that compute the outputs, under their names.</summary>
    public static ImmutableArray<Value> Expand(GraphBuilder build, Node node)
    {
        var attributes = node.Attributes;
        var q = build[node.Inputs[0]];
        if (!q.Type.HasRank)
        {
            return default;
        }

        bool isFlat = q.Type.Rank == 3;
        var (queries, keys, values) = Operands(build, node);
        if (queries.Type.Dimensions[3].Value is not int width || queries.Type.Dimensions[1].Value is not int heads || keys.Type.Dimensions[1].Value is not int shared)
        {
            return default;
        }

        float scale = attributes.Has("scale") ? attributes.Float("scale", 1) : (float)(1 / Math.Sqrt(width));
        var scores = build.MatMul(build.Multiply(queries, build.Scalar(scale, q)), build.Transpose(Repeated(build, keys, heads / shared), 0, 1, 3, 2));
        var shown = new Value[4];
        shown[0] = scores;
        if (attributes.Float("softcap", 0) is > 0 and float cap)
        {
            var limit = build.Scalar(cap, q);
            scores = build.Multiply(build.Tanh(build.Divide(scores, limit)), limit);
        }

        shown[1] = scores;
        scores = shown[2] = Masked(build, node, scores);

        // A query that sees nothing gets 0, not 0 / 0.
        var seesNothing = build.Equal(build.ReduceMax(scores, [3L]), build.Scalar(float.NegativeInfinity, q));
        var weights = shown[3] = build.Where(seesNothing, build.Scalar(0, q), build.Softmax(scores));
        var result = build.MatMul(weights, Repeated(build, values, heads / shared));
        result = isFlat ? build.Reshape(build.Transpose(result, 0, 2, 1, 3), 0, 0, -1) : result;
        Value[] outputs = [result, keys, values, shown[attributes.Int("qk_matmul_output_mode", 0) & 3]];
        return [.. node.Outputs.Select((name, i) => name.Length == 0 ? default : build.Append("Identity", [outputs[i]], outputName: name))];
    }

    /// <summary>The gradients of all inputs, over those of the operands in the form [batch, heads, length, width].</summary>
    public static void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (queries, keys, values) = Operands(build, context.Node);
        bool isFlat = context.Input(0).Type.Rank == 3;
        var (dK, dV) = (context.OutputGradientOrNull(1), context.OutputGradientOrNull(2));
        if (context.OutputGradientOrNull(0) is Value dy)
        {
            long heads = context.Attributes.Int("q_num_heads", 1);
            Value Whole(Value value) => isFlat ? Split(build, value, heads) : value;
            Value mask = context.Has(3) ? context.Input(3) : default;
            int outputs = context.Needs(3) ? 4 : 3;
            Value past = context.Has(4) ? build.Shape(context.Input(4), 2, 3) : build.Constant(Tensor.Vector(0L), "past");
            var parts = build.AppendMany(
                "AttentionGradient", [queries, keys, values, past, Whole(context.Output()), Whole(dy), mask], outputs, context.Attributes, Operator.InternalDomain);
            context.Set(0, isFlat ? Joined(build, parts[0]) : parts[0]);
            (dK, dV) = (Sum(build, parts[1], dK), Sum(build, parts[2], dV));
            if (outputs == 4)
            {
                context.SetReduced(3, parts[3]);
            }
        }

        SetParts(context, 1, 4, dK, isFlat);
        SetParts(context, 2, 5, dV, isFlat);
    }

    private static Value Sum(GraphBuilder build, Value part, Value? other) => other is Value value ? build.Add(part, value) : part;

    /// <summary>The gradient of all keys (or values), cut into that of the past and that of the node's own.</summary>
    private static void SetParts(GradientContext context, int own, int past, Value? gradient, bool isFlat)
    {
        if (gradient is not Value whole)
        {
            return;
        }

        var build = context.Builder;
        if (context.Has(past))
        {
            int axis = isFlat ? 1 : 2;
            var sizes = build.Concat([build.Shape(context.Input(past), 2, 3), build.Shape(context.Input(own), axis, axis + 1)], 0);
            var parts = build.Split(whole, sizes, 2, 2);
            context.Set(past, parts[0]);
            whole = parts[1];
        }

        context.Set(own, isFlat ? Joined(build, whole) : whole);
    }

    /// <summary>Q, and K and V with the past in front, as [batch, heads, length, width].</summary>
    private static (Value Q, Value K, Value V) Operands(GraphBuilder build, Node node)
    {
        var whole = new Value[3];
        for (int i = 0; i < 3; i++)
        {
            whole[i] = build[node.Inputs[i]];
            whole[i] = whole[i].Type.Rank == 3 ? Split(build, whole[i], node.Attributes.Int(i == 0 ? "q_num_heads" : "kv_num_heads", 1)) : whole[i];
            if (i > 0 && node.Inputs.Length > i + 3 && node.Inputs[i + 3].Length > 0)
            {
                whole[i] = build.Concat([build[node.Inputs[i + 3]], whole[i]], 2);
            }
        }

        return (whole[0], whole[1], whole[2]);
    }

    private static Value Split(GraphBuilder build, Value flat, long heads) => build.Transpose(build.Reshape(flat, 0, 0, heads, -1), 0, 2, 1, 3);

    private static Value Joined(GraphBuilder build, Value whole) => build.Reshape(build.Transpose(whole, 0, 2, 1, 3), 0, 0, -1);

    /// <summary>Every key head as often as query heads share it, one beside the other.</summary>
    private static Value Repeated(GraphBuilder build, Value keys, int times)
    {
        if (times == 1)
        {
            return keys;
        }

        long heads = keys.Type.Dimensions[1].Value!.Value * (long)times;
        var repeated = build.Tile(build.Unsqueeze(keys, 2), 1, 1, times, 1, 1);
        var (batch, rest) = (build.Shape(keys, 0, 1), build.Shape(keys, 2, 4));
        return build.Reshape(repeated, build.Concat([batch, build.Constant(Tensor.Vector(heads), "heads"), rest], 0));
    }

    private static Value Masked(GraphBuilder build, Node node, Value scores)
    {
        var nothing = build.Scalar(float.NegativeInfinity, scores);
        if (node.Inputs.Length > 3 && node.Inputs[3].Length > 0)
        {
            var mask = build[node.Inputs[3]];
            scores = mask.Type.Element == ElementType.Bool ? build.Where(mask, scores, nothing) : build.Add(scores, mask);
        }

        if (node.Attributes.Int("is_causal", 0) == 0)
        {
            return scores;
        }

        var ones = build.Append("ConstantOfShape", [build.Shape(scores, 2, 4)], Attributes.None.With("value", Tensor.Vector(1f)));
        Value[] triangle = node.Inputs.Length > 4 && node.Inputs[4].Length > 0
            ? [ones, build.Squeeze(build.Shape(build[node.Inputs[4]], 2, 3), 0)]
            : [ones];
        var seen = build.Cast(build.Append("Trilu", triangle, Attributes.None.With("upper", 0)), ElementType.Bool);
        return build.Where(seen, scores, nothing);
    }
}
