using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The determinants of square matrices [..., M, M], by elimination with the largest pivot of each column, in double.</summary>
internal sealed class Det : Operator
{
    public override string Name => "Det";

    public override int SinceOpset => 11;

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("one matrix", Sample.Values(1, 3, 3)) { FloatTolerance = 1e-5 };
            yield return new("several", Sample.Values(2, 2, 3, 4, 4)) { FloatTolerance = 1e-5 };
            yield return new("one element", Sample.Values(3, 2, 1, 1));
            yield return new("singular", Tensor.Create(new Shape(2, 2, 2), [1f, 2f, 2f, 4f, 0f, 3f, 0f, 5f]));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        return !x.HasRank ? [x]
            : x.Rank >= 2 && (x.Dimensions[^1].Value is null || x.Dimensions[^2].Value is null || x.Dimensions[^1] == x.Dimensions[^2]) ? [x with { Dimensions = x.Dimensions[..^2] }]
            : throw context.Error($"its input is {x}; square matrices were expected.");
    }

    public override Action Compile(KernelContext context)
    {
        int size = SizeOf(context, 0);
        var (read, write) = (RealNumbers.Of(context, 0), RealNumbers.To(context));
        var (matrices, values) = (context.Scratch<double>(context.InputShape(0).Length), context.Scratch<double>(context.OutputShape().Length));
        return () =>
        {
            read(matrices.Span);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Determinant(matrices.Span.Slice(i * size * size, size * size), size);
            }

            write(values.Span);
        };
    }

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("DetGradient", [context.OutputGradient(), context.Input(0)], Attributes.None, InternalDomain));

    /// <summary>Rows of the matrices of an input.</summary>
    internal static int SizeOf(KernelContext context, int input)
    {
        var shape = context.InputShape(input);
        return shape[shape.Rank - 1] == shape[shape.Rank - 2] ? shape[shape.Rank - 1] : throw context.Error($"its input is {shape}; square matrices were expected.");
    }

    /// <summary>The determinant of a matrix, which is used up.</summary>
    internal static double Determinant(Span<double> matrix, int size)
    {
        double product = 1;
        for (int column = 0; column < size; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < size; row++)
            {
                pivot = Math.Abs(matrix[(row * size) + column]) > Math.Abs(matrix[(pivot * size) + column]) ? row : pivot;
            }

            var upper = matrix.Slice(column * size, size);
            if (pivot != column)
            {
                product = -product;
                var other = matrix.Slice(pivot * size, size);
                for (int i = 0; i < size; i++)
                {
                    (upper[i], other[i]) = (other[i], upper[i]);
                }
            }

            product *= upper[column];
            if (upper[column] == 0)
            {
                return 0;
            }

            for (int row = column + 1; row < size; row++)
            {
                var lower = matrix.Slice(row * size, size);
                double factor = lower[column] / upper[column];
                for (int i = column + 1; i < size; i++)
                {
                    lower[i] -= factor * upper[i];
                }
            }
        }

        return product;
    }
}
