using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An operator on the bits of pairs of whole numbers of one type, broadcast.</summary>
internal abstract class BitwiseOperator : Operator
{
    /// <summary>Every type of whole numbers.</summary>
    internal static ImmutableArray<ElementType> WholeNumbers { get; } =
    [
        ElementType.Int64, ElementType.Int32, ElementType.Int16, ElementType.Int8, ElementType.UInt64, ElementType.UInt32, ElementType.UInt16, ElementType.UInt8,
    ];

    public override int SinceOpset => 18;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("rows", Sample.Longs(-100, 100, 1, 3, 4), Sample.Longs(-100, 100, 2, 4));
            yield return new("32 bits", Tensor.Vector(5, -7, 12), Tensor.Vector(3, 3, 10));
            yield return new("unsigned", Tensor.Vector((byte)5, (byte)200, (byte)255), Tensor.Vector((byte)3)) { ConstantInputs = [1] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, WholeNumbers.AsSpan());
        context.RequireSame(1, 0);
        return [new TensorType(type.Element, Broadcasting.Combine(context, 0, 1))];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Int64 => ElementPairs.Compile(context, Map<long>()),
        ElementType.Int32 => ElementPairs.Compile(context, Map<int>()),
        ElementType.Int16 => ElementPairs.Compile(context, Map<short>()),
        ElementType.Int8 => ElementPairs.Compile(context, Map<sbyte>()),
        ElementType.UInt64 => ElementPairs.Compile(context, Map<ulong>()),
        ElementType.UInt32 => ElementPairs.Compile(context, Map<uint>()),
        ElementType.UInt16 => ElementPairs.Compile(context, Map<ushort>()),
        ElementType.UInt8 => ElementPairs.Compile(context, Map<byte>()),
        var other => throw context.Unsupported(other),
    };

    /// <summary>What a pair gives.</summary>
    protected abstract Func<T, T, T> Map<T>()
        where T : unmanaged, IBinaryInteger<T>;
}
