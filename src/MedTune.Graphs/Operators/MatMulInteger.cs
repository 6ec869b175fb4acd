using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>MatMul of 8-bit values less their zero points (inputs 2 and 3: one, or one per row of the left or column of the right), with Int32 sums.</summary>
internal sealed class MatMulInteger : Operator
{
    public override string Name => "MatMulInteger";

    public override int SinceOpset => 10;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("plain", Sample.Bytes(1, 4, 3), Sample.SignedBytes(2, 3, 2));
            yield return new("zero points", Sample.Bytes(3, 4, 3), Sample.Bytes(4, 3, 2), Tensor.Vector((byte)12), Tensor.Vector((byte)3, (byte)200));
            yield return new("rows", Sample.SignedBytes(5, 2, 2, 3), Sample.Bytes(6, 3, 4), Tensor.Vector((sbyte)1, (sbyte)-7));
            yield return new("vectors", Sample.Bytes(7, 5), Sample.Bytes(8, 5));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(0, ElementType.UInt8, ElementType.Int8);
        context.Require(1, ElementType.UInt8, ElementType.Int8);
        for (int zero = 2; zero <= 3; zero++)
        {
            if (context.Has(zero))
            {
                context.RequireSame(zero, zero - 2);
                IntegerProduct.CheckLength(context, zero, zero - 2, byRow: zero == 2);
            }
        }

        return [new TensorType(ElementType.Int32, ProductOperator.OutputDimensions(context, 0, 1))];
    }

    public override Action Compile(KernelContext context)
    {
        var y = context.Output<int>();
        return IntegerProduct.Compile(context, (0, 2, 1, 3), (start, _, sums) => sums.CopyTo(y.Span[start..]));
    }
}
