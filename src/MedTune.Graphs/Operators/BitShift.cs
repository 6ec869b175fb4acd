using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Unsigned numbers with their bits moved by as many places as the second input says, to the LEFT or to the RIGHT (direction); zeros come in.</summary>
internal sealed class BitShift : Operator
{
    public override string Name => "BitShift";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var (x, y) = (Tensor.Vector((byte)16, (byte)4, (byte)1, (byte)255), Tensor.Vector((byte)1, (byte)2, (byte)3, (byte)9));
            yield return new("left", x, y) { Attributes = Attributes.None.With("direction", "LEFT") };
            yield return new("right", x, y) { Attributes = Attributes.None.With("direction", "RIGHT") };
            yield return new("64 bits", Tensor.Vector(1UL << 40, 3UL), Tensor.Vector(5UL)) { Attributes = Attributes.None.With("direction", "RIGHT"), ConstantInputs = [1] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.UInt64, ElementType.UInt32, ElementType.UInt16, ElementType.UInt8);
        context.RequireSame(1, 0);
        return context.Attributes.String("direction", string.Empty) is "LEFT" or "RIGHT"
            ? [new TensorType(type.Element, Broadcasting.Combine(context, 0, 1))]
            : throw context.Error("its direction must be LEFT or RIGHT.");
    }

    public override Action Compile(KernelContext context)
    {
        bool isLeft = context.Attributes.String("direction", string.Empty) == "LEFT";
        ulong Shift(ulong x, ulong count) => count >= 64 ? 0 : isLeft ? x << (int)count : x >> (int)count;
        return context.ElementOf(0) switch
        {
            ElementType.UInt64 => ElementPairs.Compile<ulong>(context, Shift),
            ElementType.UInt32 => ElementPairs.Compile<uint>(context, (x, y) => (uint)Shift(x, y)),
            ElementType.UInt16 => ElementPairs.Compile<ushort>(context, (x, y) => (ushort)Shift(x, y)),
            ElementType.UInt8 => ElementPairs.Compile<byte>(context, (x, y) => (byte)Shift(x, y)),
            var other => throw context.Unsupported(other),
        };
    }
}
