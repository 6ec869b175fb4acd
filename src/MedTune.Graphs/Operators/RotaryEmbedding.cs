using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Turns pairs of features by an angle that grows with the position (Su and others 2021). Input 0 is [batch, heads, length, width], or
/// [batch, length, heads · width] with num_heads; inputs 1 and 2 are the cosines and sines, [positions, pairs] when input 3 gives the positions
/// [batch, length], else [batch, length, pairs]. Pairs are (i, i + pairs), or (2i, 2i + 1) when interleaved; features beyond the pairs stay.
/// </summary>
internal sealed class RotaryEmbedding : Operator
{
    public override string Name => "RotaryEmbedding";

    public override int SinceOpset => 23;

    public override int MinimumInputs => 3;

    public override int MaximumInputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var (cosines, sines) = (Sample.Within(1, 2, 2, 3, 2), Sample.Within(1, 3, 2, 3, 2));
            var (table, other) = (Sample.Within(1, 4, 5, 2), Sample.Within(1, 5, 5, 2));
            var positions = Tensor.Create(new Shape(2, 3), [0L, 4, 2, 3, 1, 1]);
            yield return new("halves", Sample.Values(1, 2, 2, 3, 4), cosines, sines) { GradientInputs = [0] };
            yield return new("interleaved", Sample.Values(1, 2, 2, 3, 4), cosines, sines) { GradientInputs = [0], Attributes = Attributes.None.With("interleaved", 1) };
            yield return new("positions", Sample.Values(6, 2, 2, 3, 4), table, other, positions) { GradientInputs = [0] };
            yield return new("part of the features", Sample.Values(7, 2, 2, 3, 7), table, other, positions)
            {
                GradientInputs = [0],
                Attributes = Attributes.None.With("rotary_embedding_dim", 4).With("interleaved", 1),
            };
            yield return new("heads side by side", Sample.Values(8, 2, 3, 10), table, other, positions)
            {
                GradientInputs = [0],
                Attributes = Attributes.None.With("num_heads", 2).With("rotary_embedding_dim", 4),
            };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        context.RequireSame(1, 0);
        context.RequireSame(2, 0);
        int rank = context.Has(3) ? 2 : 3;
        if (context.Has(3))
        {
            context.Require(3, ElementType.Int64);
        }

        if (x.HasRank && x.Rank != 4 && (x.Rank != 3 || context.Attributes.Int("num_heads", 0) <= 0))
        {
            throw context.Error($"its input is {x}; [batch, heads, length, width] was expected, or [batch, length, features] with the attribute num_heads.");
        }

        foreach (int input in (int[])[1, 2])
        {
            if (context.Input(input) is { HasRank: true } table && table.Rank != rank)
            {
                throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its input {input} is {table}; rank {rank} was expected."));
            }
        }

        return [x];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>Turned back by the same angles.</summary>
    public override void Gradient(GradientContext context)
    {
        if (context.Needs(1) || context.Needs(2))
        {
            throw context.Error("its cosines and sines cannot be trained; freeze them.");
        }

        Value[] tables = [context.Input(1), context.Builder.Negate(context.Input(2)), .. context.Has(3) ? [context.Input(3)] : Array.Empty<Value>()];
        context.Set(0, context.Builder.Append(Name, [context.OutputGradient(), .. tables], context.Attributes));
    }

    public override ImmutableArray<Value> Expand(GraphBuilder builder, Node node)
    {
        var x = builder[node.Inputs[0]];
        var (cosines, sines) = (builder[node.Inputs[1]], builder[node.Inputs[2]]);
        if (!x.Type.HasRank || cosines.Type.Dimensions[^1].Value is not int pairs)
        {
            return default;
        }

        // Everything as [batch, length, heads, width].
        bool isFlat = x.Type.Rank == 3;
        var rows = isFlat ? builder.Reshape(x, 0, 0, node.Attributes.Int("num_heads", 1), -1) : builder.Transpose(x, 0, 2, 1, 3);
        Value Table(Value table) => builder.Unsqueeze(node.Inputs.Length > 3 ? builder.Gather(table, builder[node.Inputs[3]]) : table, 2);
        (cosines, sines) = (Table(cosines), Table(sines));
        bool isInterleaved = node.Attributes.Int("interleaved", 0) != 0;
        Value Part(int which) => isInterleaved
            ? builder.Slice(rows, [which], [2 * pairs], [3], [2])
            : builder.Slice(rows, [which * pairs], [(which + 1) * pairs], [3]);
        var (first, second) = (Part(0), Part(1));
        var real = builder.Subtract(builder.Multiply(cosines, first), builder.Multiply(sines, second));
        var imaginary = builder.Add(builder.Multiply(sines, first), builder.Multiply(cosines, second));
        var turned = isInterleaved
            ? builder.Reshape(builder.Concat([builder.Unsqueeze(real, -1), builder.Unsqueeze(imaginary, -1)], -1), 0, 0, 0, 2 * pairs)
            : builder.Concat([real, imaginary], -1);
        var rest = builder.Slice(rows, [2 * pairs], [int.MaxValue], [3]);
        var whole = builder.Concat([turned, rest], -1);
        return isFlat
            ? [builder.Append("Reshape", [whole, builder.Shape(x)], outputName: node.Outputs[0])]
            : [builder.Append("Transpose", [whole], Attributes.None.With("perm", (long[])[0, 2, 1, 3]), outputName: node.Outputs[0])];
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(0);
        bool isFlat = shape.Rank == 3;
        int heads = isFlat ? (int)context.Attributes.Int("num_heads", 1) : shape[1];
        int length = isFlat ? shape[1] : shape[2];
        int width = isFlat ? shape[2] / heads : shape[3];
        var (x, y, cosines, sines) = (context.Input<T>(0), context.Output<T>(), context.Input<T>(1), context.Input<T>(2));
        int pairs = context.InputShape(1).Extents[^1];
        bool fits = !(isFlat && shape[2] % heads != 0) && 2 * pairs <= width && cosines.Length == sines.Length
            && (context.Has(3) ? context.InputShape(3).Length : pairs == 0 ? shape[0] * length : cosines.Length / pairs) == shape[0] * length
            && context.Attributes.Int("rotary_embedding_dim", 0) is var turned && (turned == 0 || turned == 2 * pairs);
        if (!fits)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its tables of {context.InputShape(1)} do not fit its input of {shape}."));
        }

        var positions = context.Has(3) ? new Indices(context, 3, context.InputShape(1)[0]) : null;
        (int one, int two) = context.Attributes.Int("interleaved", 0) != 0 ? (2, 1) : (1, pairs);
        return () =>
        {
            x.Span.CopyTo(y.Span);
            for (int row = 0; row < shape[0] * length * heads; row++)
            {
                // Rows lie as [batch, length, heads] or [batch, heads, length].
                int place = isFlat ? row / heads : (row / (heads * length) * length) + (row % length);
                int table = (positions is null ? place : positions[place]) * pairs;
                for (int i = 0; i < pairs; i++)
                {
                    int at = (row * width) + (i * one);
                    var (a, b) = (x[at], x[at + two]);
                    y[at] = (cosines[table + i] * a) - (sines[table + i] * b);
                    y[at + two] = (sines[table + i] * a) + (cosines[table + i] * b);
                }
            }
        };
    }
}
