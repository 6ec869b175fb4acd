using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>One linear function of the columns per target: coefficients [targets · columns], intercepts [targets] or none; then post_transform.</summary>
internal sealed class LinearRegressor : LearningOperator
{
    public override string Name => "LinearRegressor";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var two = Attributes.None.With("coefficients", (float[])[0.5f, -1.25f, 2f, 0.75f, 1f, -0.5f]).With("intercepts", (float[])[0.25f, -3f]).With("targets", 2);
            yield return new("two targets", Sample.Values(1, 4, 3)) { Attributes = two };
            yield return new("no intercept", Sample.Values(2, 4, 2)) { Attributes = Attributes.None.With("coefficients", (float[])[0.5f, -1.25f]) };
            yield return new("softmax", Sample.Values(3, 4, 3)) { Attributes = two.With("post_transform", "SOFTMAX"), GradientInputs = [] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        ScoreTransform.Of(context);
        return [PerRow(Table(context), (int)context.Attributes.Int("targets", 1))];
    }

    public override Action Compile(KernelContext context)
    {
        var (rows, columns) = Size(context.InputShape(0));
        int targets = (int)context.Attributes.Int("targets", 1);
        double[] weights = Numbers(context.Attributes, "coefficients");
        double[] bias = Numbers(context.Attributes, "intercepts", targets);
        if (weights.Length != targets * columns || bias.Length != targets)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its {weights.Length} coefficients do not fit {targets} targets and {columns} columns."));
        }

        string transform = context.Attributes.String("post_transform", "NONE");
        var (read, write) = (RealNumbers.Of(context, 0), RealNumbers.To(context));
        var (x, y) = (context.Scratch<double>(rows * columns), context.Scratch<double>(rows * targets));
        return () =>
        {
            read(x.Span);
            Multiply(x.Span, weights, bias, columns, y.Span);
            ScoreTransform.ApplyToRows(transform, y.Span, targets);
            write(y.Span);
        };
    }

    /// <summary>The gradient of the columns, when they are floating-point numbers.</summary>
    public override void Gradient(GradientContext context)
    {
        if (context.Attributes.String("post_transform", "NONE") != "NONE")
        {
            throw context.Error("its scores are transformed; only the plain ones can be differentiated.");
        }

        var weights = context.Attributes.Floats("coefficients");
        int targets = (int)context.Attributes.Int("targets", 1);
        var matrix = context.Builder.Constant(Tensor.Create(new Shape(targets, weights.Length / targets), weights.AsSpan()), "coefficients");
        var gradient = context.Builder.MatMul(context.OutputGradient(), matrix);
        context.Set(0, context.Builder.Reshape(gradient, context.Builder.Shape(context.Input(0))));
    }

    /// <summary>y [rows, outputs] = x [rows, columns] · weightsᵀ + bias.</summary>
    internal static void Multiply(ReadOnlySpan<double> x, double[] weights, double[] bias, int columns, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            (int row, int output) = Math.DivRem(i, bias.Length);
            double sum = bias[output];
            for (int j = 0; j < columns; j++)
            {
                sum += weights[(output * columns) + j] * x[(row * columns) + j];
            }

            y[i] = sum;
        }
    }
}
