using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Conv of 8-bit values less their zero points (inputs 2 and 3), with the sums as Int32; the padding stands for the zero point.</summary>
internal sealed class ConvInteger : Operator
{
    public override string Name => "ConvInteger";

    public override int SinceOpset => 10;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("plain", Sample.Bytes(1, 2, 2, 4, 3), Sample.SignedBytes(2, 3, 2, 2, 2));
            yield return new("padding", Sample.Bytes(3, 1, 1, 3, 3), Sample.Bytes(4, 1, 1, 2, 2), Tensor.Scalar((byte)7)) { Attributes = Attributes.None.With("pads", ImmutableArray.Create(1L, 1L, 1L, 1L)) };
            yield return new("groups", Sample.SignedBytes(5, 1, 4, 5), Sample.SignedBytes(6, 4, 2, 3), Tensor.Scalar((sbyte)-3), Tensor.Vector((sbyte)1, (sbyte)-2, (sbyte)3, (sbyte)0)) { Attributes = Attributes.None.With("group", 2) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(0, ElementType.UInt8, ElementType.Int8);
        context.Require(1, ElementType.UInt8, ElementType.Int8);
        if (context.Has(2))
        {
            context.RequireSame(2, 0);
            QuantizedValues.CheckLength(context, 2, 1);
        }

        if (context.Has(3))
        {
            context.RequireSame(3, 1);
            QuantizedValues.CheckLength(context, 3, context.Input(1).HasRank ? context.Input(1).Dimensions[0] : Dimension.Unknown);
        }

        return [new TensorType(ElementType.Int32, Conv.OutputDimensions(context, weights: 1, bias: int.MaxValue))];
    }

    public override Action Compile(KernelContext context)
    {
        var layout = ConvLayout.Of(context.Attributes, context.InputShape(0), context.InputShape(1), context.Error);
        var y = context.Output<int>();
        return IntegerConv.Compile(context, layout, (0, 2, 1, 3, -1), (place, sums) => sums.CopyTo(y.Span[(place * layout.SizeY)..]));
    }
}
