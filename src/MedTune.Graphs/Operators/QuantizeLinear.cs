using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// x / scale, rounded to the nearest whole number (even of two) and moved by the zero point, as UInt8 or Int8 (the zero point's type), held within its
/// range. One scale serves all, or each channel along the attribute axis has its own.
/// </summary>
internal sealed class QuantizeLinear : Operator
{
    public override string Name => "QuantizeLinear";

    public override int SinceOpset => 10;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var three = Tensor.Vector(0.25f, 0.125f, 0.03125f);
            yield return new("whole", Sample.Values(1, 3, 5), Tensor.Scalar(0.0625f));
            yield return new("moved", Sample.Values(2, 3, 5), Tensor.Scalar(0.0625f), Tensor.Scalar((byte)128));
            yield return new("signed, out of range", Sample.Within(16, 3, 3, 7), Tensor.Scalar(0.0625f), Tensor.Scalar((sbyte)-9));
            yield return new("channels", Sample.Values(4, 2, 3, 4), three, Tensor.Vector((byte)3, (byte)128, (byte)200));
            yield return new("last axis", Sample.Values(5, 2, 3), three, Tensor.Vector((sbyte)0, (sbyte)5, (sbyte)-5)) { Attributes = Attributes.None.With("axis", -1) };
            yield return new("halves", Tensor.Vector(-2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f), Tensor.Scalar(1f), Tensor.Scalar((sbyte)0));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double, ElementType.Int32);
        context.Require(1, ElementType.Float, ElementType.Double);
        CheckAxis(context);
        return [type with { Element = context.Has(2) ? context.Require(2, ElementType.UInt8, ElementType.Int8).Element : ElementType.UInt8 }];
    }

    public override Action Compile(KernelContext context)
    {
        var (scales, zeros, write) = (QuantizedValues.Scales(context, 1), QuantizedValues.Zeros(context, 2), QuantizedValues.Writer(context));
        var (inner, channels) = Channels(context);
        switch (context.ElementOf(0))
        {
            case ElementType.Float:
                // The quotient is a float's, so that the halves fall where every other program has them.
                var floats = context.Input<float>(0);
                return Compile(context, (i, channel) => write(i, floats[i] / (float)scales(channel), zeros(channel)), inner, channels);
            case ElementType.Double:
                var doubles = context.Input<double>(0);
                return Compile(context, (i, channel) => write(i, doubles[i] / scales(channel), zeros(channel)), inner, channels);
            case ElementType.Int32:
                var integers = context.Input<int>(0);
                return Compile(context, (i, channel) => write(i, integers[i] / (float)scales(channel), zeros(channel)), inner, channels);
            case var other:
                throw context.Unsupported(other);
        }
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => WithoutBlocks(node);

    /// <summary>Takes away what sets 19 and 21 added, where it says nothing.</summary>
    internal static Node WithoutBlocks(Node node) =>
        node.Attributes.Int("block_size", 0) == 0 && node.Attributes.Int("output_dtype", 0) is 0 or (long)ElementType.UInt8
            ? node with { Attributes = node.Attributes.Without("saturate").Without("block_size").Without("output_dtype") }
            : throw new InvalidGraphException(NodeErrors.Sentence(node, "it has a block_size or an output_dtype, which only operator sets from 21 on have; models are kept in set 18. Export it without."));

    /// <summary>Refuses an axis that is not there, and scales and zero points of another length.</summary>
    internal static void CheckAxis(ShapeContext context)
    {
        var type = context.Input(0);
        bool isOne = context.Input(1) is { HasRank: true } scale && scale.Dimensions.All(dimension => dimension.Value == 1);
        if (!type.HasRank || isOne)
        {
            QuantizedValues.CheckLength(context, 1, Dimension.Unknown);
            return;
        }

        var channels = type.Dimensions[context.Axis(context.Attributes.Int("axis", 1), type.Rank)];
        QuantizedValues.CheckLength(context, 1, channels);
        QuantizedValues.CheckLength(context, 2, channels);
    }

    /// <summary>How many elements of a channel lie together, and how many channels there are.</summary>
    internal static (int Inner, int Channels) Channels(KernelContext context)
    {
        var shape = context.InputShape(0);
        if (context.InputShape(1).Length == 1)
        {
            return (shape.Length, 1);
        }

        long axis = context.Attributes.Int("axis", 1);
        int place = (int)(axis < 0 ? axis + shape.Rank : axis);
        return (new Shape(shape.Extents[(place + 1)..]).Length, shape[place]);
    }

    /// <summary>Does every element, given its place and its channel.</summary>
    internal static Action Compile(KernelContext context, Action<int, int> map, int inner, int channels)
    {
        int runs = inner == 0 ? 0 : context.InputShape(0).Length / inner;
        return Chunks.Each(
            context.Pool,
            runs,
            run =>
            {
                for (int i = run * inner; i < (run + 1) * inner; i++)
                {
                    map(i, run % channels);
                }
            },
            inner);
    }
}
