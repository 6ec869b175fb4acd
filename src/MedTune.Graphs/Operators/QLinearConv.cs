using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Conv of 8-bit values that stand for numbers, with an 8-bit result. Inputs: x, its scale and zero point, w, its scale and zero point (one, or one
/// per channel out), scale and zero point of y, and an Int32 bias in units of the product of the first two scales.
/// </summary>
internal sealed class QLinearConv : Operator
{
    public override string Name => "QLinearConv";

    public override int SinceOpset => 10;

    public override int MinimumInputs => 8;

    public override int MaximumInputs => 9;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var (small, zero) = (Tensor.Scalar(0.0078125f), Tensor.Scalar((byte)128));
            yield return new("bytes", Sample.Bytes(1, 2, 2, 4, 3), small, zero, Sample.Bytes(2, 3, 2, 2, 2), Tensor.Scalar(0.015625f), zero, Tensor.Scalar(0.046875f), zero);
            yield return new(
                "channels, padding, bias",
                Sample.Bytes(3, 1, 2, 3, 3),
                small,
                zero,
                Sample.SignedBytes(4, 2, 2, 3, 3),
                Tensor.Vector(0.015625f, 0.03125f),
                Tensor.Vector((sbyte)0, (sbyte)2),
                Tensor.Scalar(0.09375f),
                Tensor.Scalar((byte)100),
                Tensor.Vector(500, -700))
            {
                Attributes = Attributes.None.With("pads", ImmutableArray.Create(1L, 0L, 0L, 1L)),
            };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(0, ElementType.UInt8, ElementType.Int8);
        context.RequireSame(2, 0);
        context.Require(3, ElementType.UInt8, ElementType.Int8);
        context.RequireSame(5, 3);
        foreach (int scale in new[] { 1, 4, 6 })
        {
            context.Require(scale, ElementType.Float, ElementType.Double);
        }

        if (context.Has(8))
        {
            context.Require(8, ElementType.Int32);
        }

        var channels = context.Input(3).HasRank ? context.Input(3).Dimensions[0] : Dimension.Unknown;
        foreach (int input in new[] { 1, 2, 6, 7 })
        {
            QuantizedValues.CheckLength(context, input, 1);
        }

        QuantizedValues.CheckLength(context, 4, channels);
        QuantizedValues.CheckLength(context, 5, channels);
        return [new TensorType(context.Require(7, ElementType.UInt8, ElementType.Int8).Element, Conv.OutputDimensions(context, weights: 3, bias: 8))];
    }

    public override Action Compile(KernelContext context)
    {
        var layout = ConvLayout.Of(context.Attributes, context.InputShape(0), context.InputShape(3), context.Error);
        var (scaleX, scaleW, scaleY) = (QuantizedValues.Scales(context, 1), QuantizedValues.Scales(context, 4), QuantizedValues.Scales(context, 6));
        var (zeroY, write) = (QuantizedValues.Zeros(context, 7), QuantizedValues.Writer(context));
        return IntegerConv.Compile(context, layout, (0, 2, 3, 5, 8), (place, sums) =>
        {
            for (int i = 0; i < sums.Length; i++)
            {
                int channel = (place % layout.Groups * layout.Made) + (i / layout.Windows);
                write((place * layout.SizeY) + i, sums[i] * (scaleX(0) * scaleW(channel) / scaleY(0)), zeroY(0));
            }
        });
    }
}
