using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>(x - zero point) · scale of UInt8, Int8 or Int32 values; one scale serves all, or each channel along the attribute axis has its own.</summary>
internal sealed class DequantizeLinear : Operator
{
    public override string Name => "DequantizeLinear";

    public override int SinceOpset => 10;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var three = Tensor.Vector(0.25f, 0.125f, 0.03125f);
            yield return new("whole", Sample.Bytes(1, 3, 5), Tensor.Scalar(0.0625f));
            yield return new("moved", Sample.Bytes(2, 3, 5), Tensor.Scalar(0.0625f), Tensor.Scalar((byte)128));
            yield return new("signed channels", Sample.SignedBytes(3, 2, 3, 4), three, Tensor.Vector((sbyte)0, (sbyte)5, (sbyte)-5));
            yield return new("last axis", Sample.Bytes(4, 2, 3), three) { Attributes = Attributes.None.With("axis", -1) };
            yield return new("sums", Tensor.Vector(-70000, 3, 123456), Tensor.Scalar(0.5f));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.UInt8, ElementType.Int8, ElementType.Int32);
        var scale = context.Require(1, ElementType.Float, ElementType.Double);
        if (context.Has(2))
        {
            context.RequireSame(2, 0);
        }

        QuantizeLinear.CheckAxis(context);
        return [type with { Element = scale.Element }];
    }

    public override Action Compile(KernelContext context) => context.OutputElement() switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => QuantizeLinear.WithoutBlocks(node);

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T> => context.ElementOf(0) switch
        {
            ElementType.UInt8 => Compile<byte, T>(context),
            ElementType.Int8 => Compile<sbyte, T>(context),
            ElementType.Int32 => Compile<int, T>(context),
            var other => throw context.Unsupported(other),
        };

    private static Action Compile<TFrom, T>(KernelContext context)
        where TFrom : unmanaged, INumber<TFrom>
        where T : unmanaged, INumber<T>
    {
        var (scales, zeros) = (QuantizedValues.Scales(context, 1), QuantizedValues.Zeros(context, 2));
        var (inner, channels) = QuantizeLinear.Channels(context);
        var (x, y) = (context.Input<TFrom>(0), context.Output<T>());
        return QuantizeLinear.Compile(
            context, (i, channel) => y[i] = T.CreateTruncating(int.CreateTruncating(x[i]) - zeros(channel)) * T.CreateTruncating(scales(channel)), inner, channels);
    }
}
