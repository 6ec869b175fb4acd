using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Every row divided by its norm: the largest element (MAX), the sum of sizes (L1) or the root of the sum of squares (L2). A row whose norm is 0 stays.</summary>
internal sealed class Normalizer : LearningOperator
{
    public override string Name => "Normalizer";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var x = Tensor.Create(new Shape(3, 3), [1f, -2f, 2.5f, 0f, 0f, 0f, 4f, 0.5f, -1f]);
            foreach (string norm in (string[])["MAX", "L1", "L2"])
            {
                yield return new(norm, x) { Attributes = Attributes.None.With("norm", norm), GradientInputs = [] };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => context.Attributes.String("norm", "MAX") is "MAX" or "L1" or "L2"
        ? [new TensorType(ElementType.Float, Table(context).Dimensions)]
        : throw context.Error("its norm must be MAX, L1 or L2.");

    public override Action Compile(KernelContext context)
    {
        var (rows, columns) = Size(context.InputShape(0));
        string norm = context.Attributes.String("norm", "MAX");
        var (read, write, x) = (RealNumbers.Of(context, 0), RealNumbers.To(context), context.Scratch<double>(context.InputShape(0).Length));
        return () =>
        {
            read(x.Span);
            for (int row = 0; row < rows; row++)
            {
                var values = x.Span.Slice(row * columns, columns);
                double size = Norm(norm, values);
                for (int i = 0; i < values.Length && size != 0; i++)
                {
                    values[i] /= size;
                }
            }

            write(x.Span);
        };
    }

    private static double Norm(string norm, ReadOnlySpan<double> values)
    {
        double size = norm == "MAX" ? double.NegativeInfinity : 0;
        foreach (double value in values)
        {
            size = norm switch
            {
                "MAX" => Math.Max(size, value),
                "L1" => size + Math.Abs(value),
                _ => size + (value * value),
            };
        }

        return norm == "L2" ? Math.Sqrt(size) : size;
    }
}
