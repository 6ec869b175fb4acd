using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of Det: the output's (input 0) times the cofactors of the matrices (input 1). Each cofactor is a determinant of its own, so that singular
/// matrices are exact too; meant for the small matrices of transformations.
/// </summary>
internal sealed class DetGradient : Operator
{
    public override string Name => "DetGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("several", Sample.Values(1, 2), Sample.Values(2, 2, 3, 3)) { FloatTolerance = 1e-5 };
            yield return new("one element", Sample.Values(3, 2), Sample.Values(4, 2, 1, 1));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Require(1, ElementType.Float, ElementType.Double)];

    public override Action Compile(KernelContext context)
    {
        int size = Det.SizeOf(context, 1);
        var (readGradient, read, write) = (RealNumbers.Of(context, 0), RealNumbers.Of(context, 1), RealNumbers.To(context));
        int count = context.InputShape(0).Length;
        var (gradients, matrices) = (context.Scratch<double>(count), context.Scratch<double>(count * size * size));
        var (cofactors, minor) = (context.Scratch<double>(count * size * size), context.Scratch<double>((size - 1) * (size - 1)));
        return () =>
        {
            readGradient(gradients.Span);
            read(matrices.Span);
            for (int i = 0; i < cofactors.Length; i++)
            {
                (int matrix, int place) = Math.DivRem(i, size * size);
                (int row, int column) = Math.DivRem(place, size);
                Leave(matrices.Span.Slice(matrix * size * size, size * size), size, row, column, minor.Span);
                double sign = ((row + column) & 1) == 0 ? 1 : -1;
                cofactors[i] = gradients[matrix] * sign * Det.Determinant(minor.Span, size - 1);
            }

            write(cofactors.Span);
        };
    }

    /// <summary>The matrix without a row and a column.</summary>
    private static void Leave(ReadOnlySpan<double> matrix, int size, int row, int column, Span<double> minor)
    {
        int next = 0;
        for (int i = 0; i < matrix.Length; i++)
        {
            if (i / size != row && i % size != column)
            {
                minor[next++] = matrix[i];
            }
        }
    }
}
