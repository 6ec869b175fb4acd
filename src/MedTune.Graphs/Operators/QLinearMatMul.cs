using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// MatMul of 8-bit values that stand for numbers, with an 8-bit result. Inputs: a, its scale and zero point (one, or one per row), b, its scale and zero
/// point (one, or one per column), scale and zero point of the result.
/// </summary>
internal sealed class QLinearMatMul : Operator
{
    public override string Name => "QLinearMatMul";

    public override int SinceOpset => 10;

    public override int MinimumInputs => 8;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var zero = Tensor.Scalar((byte)128);
            yield return new("bytes", Sample.Bytes(1, 2, 4), Tensor.Scalar(0.0078125f), zero, Sample.Bytes(2, 4, 3), Tensor.Scalar(0.015625f), zero, Tensor.Scalar(0.03125f), zero);
            yield return new(
                "rows, columns",
                Sample.SignedBytes(3, 2, 2, 4),
                Tensor.Vector(0.0078125f, 0.03125f),
                Tensor.Vector((sbyte)2, (sbyte)-3),
                Sample.SignedBytes(4, 4, 3),
                Tensor.Vector(0.015625f, 0.0625f, 0.25f),
                Tensor.Vector((sbyte)0, (sbyte)1, (sbyte)2),
                Tensor.Scalar(1.5f),
                Tensor.Scalar((sbyte)-5));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        foreach (int matrix in new[] { 0, 3 })
        {
            context.Require(matrix, ElementType.UInt8, ElementType.Int8);
            context.Require(matrix + 1, ElementType.Float, ElementType.Double);
            context.RequireSame(matrix + 2, matrix);
            IntegerProduct.CheckLength(context, matrix + 1, matrix, byRow: matrix == 0);
            IntegerProduct.CheckLength(context, matrix + 2, matrix, byRow: matrix == 0);
        }

        context.Require(6, ElementType.Float, ElementType.Double);
        QuantizedValues.CheckLength(context, 6, 1);
        QuantizedValues.CheckLength(context, 7, 1);
        return [new TensorType(context.Require(7, ElementType.UInt8, ElementType.Int8).Element, ProductOperator.OutputDimensions(context, 0, 3))];
    }

    public override Action Compile(KernelContext context)
    {
        var (scaleA, scaleB, scaleY) = (QuantizedValues.Scales(context, 1), QuantizedValues.Scales(context, 4), QuantizedValues.Scales(context, 6));
        var (zeroY, write) = (QuantizedValues.Zeros(context, 7), QuantizedValues.Writer(context));
        return IntegerProduct.Compile(context, (0, 2, 3, 5), (start, row, sums) =>
        {
            for (int column = 0; column < sums.Length; column++)
            {
                write(start + column, sums[column] * (scaleA(row) * scaleB(column) / scaleY(0)), zeroY(0));
            }
        });
    }
}
