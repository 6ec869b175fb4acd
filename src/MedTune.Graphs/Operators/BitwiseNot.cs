using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Every bit of whole numbers turned.</summary>
internal sealed class BitwiseNot : Operator
{
    public override string Name => "BitwiseNot";

    public override int SinceOpset => 18;

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases =>
    [
        new("64 bits", Sample.Longs(-100, 100, 1, 3, 4)),
        new("unsigned", Tensor.Vector((byte)5, (byte)200, (byte)255)),
    ];

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Require(0, BitwiseOperator.WholeNumbers.AsSpan())];

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Int64 => Compile<long>(context),
        ElementType.Int32 => Compile<int>(context),
        ElementType.Int16 => Compile<short>(context),
        ElementType.Int8 => Compile<sbyte>(context),
        ElementType.UInt64 => Compile<ulong>(context),
        ElementType.UInt32 => Compile<uint>(context),
        ElementType.UInt16 => Compile<ushort>(context),
        ElementType.UInt8 => Compile<byte>(context),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = ~x[i];
            }
        };
    }
}
