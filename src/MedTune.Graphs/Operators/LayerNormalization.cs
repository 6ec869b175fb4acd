using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// (x - mean) / sqrt(variance + epsilon) · scale + bias, mean and variance over the axes from attribute axis on (the last by default).
/// Outputs 1 and 2 are the mean and 1 / sqrt(variance + epsilon).
/// </summary>
internal sealed class LayerNormalization : Operator
{
    public override string Name => "LayerNormalization";

    public override int SinceOpset => 17;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 3;

    public override int MaximumOutputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("last axis", Sample.Values(1, 9, 5), Sample.Values(2, 5), Sample.Values(3, 5)) { FloatTolerance = 1e-5 };
            yield return new("two axes, no bias", Sample.Values(4, 3, 2, 4), Sample.Values(5, 2, 4)) { Attributes = Attributes.None.With("axis", 1), FloatTolerance = 1e-5 };
            yield return new("statistics", Sample.Values(6, 3, 5), Sample.Values(7, 5), Sample.Values(8, 5))
            {
                Attributes = Attributes.None.With("epsilon", 0.0625f),
                Outputs = 3,
                GradientInputs = [],
                FloatTolerance = 1e-5,
            };
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(9, 3, length), Sample.Values(10, length)) { HasGolden = false, FloatTolerance = 1e-5 };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        context.RequireSame(1, 0);
        if (!x.HasRank)
        {
            return [x, x, x];
        }

        int axis = context.Axis(context.Attributes.Int("axis", -1), x.Rank);
        for (int i = 1; i < context.InputCount; i++)
        {
            if (context.Input(i).HasRank && context.Has(i))
            {
                Broadcasting.Combine(context, x.Dimensions[axis..], context.Input(i).Dimensions);
            }
        }

        var statistics = x with { Dimensions = [.. x.Dimensions.Select((dimension, i) => i < axis ? dimension : 1)] };
        return [x, statistics, statistics];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => CompileFloat(context),
        ElementType.Double => CompileDouble(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        if (context.OutputGradientOrNull(1) is not null || context.OutputGradientOrNull(2) is not null)
        {
            throw context.Error("only its first output can be differentiated.");
        }

        var dy = context.OutputGradient();
        var parts = context.Builder.AppendMany("LayerNormalizationGradient", [dy, context.Input(0), context.Input(1)], 2, context.Attributes, InternalDomain);
        context.Set(0, parts[0]);
        context.SetReduced(1, parts[1]);
        context.SetReduced(2, dy);
    }

    /// <summary>Number of rows and their width.</summary>
    internal static (int Rows, int Width) Rows(Shape shape, Attributes attributes)
    {
        int axis = (int)attributes.Int("axis", -1);
        int width = new Shape(shape.Extents[(axis < 0 ? axis + shape.Rank : axis)..]).Length;
        return (width == 0 ? 0 : shape.Length / width, width);
    }

    /// <summary>The operand of every element of a row: as it is when it is as long as the row, else repeated.</summary>
    internal static int[] Repeated(Shape shape, Shape row)
    {
        var loop = BroadcastLoop.For(row, shape);
        var indices = new int[row.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            (int run, int within) = Math.DivRem(i, loop.Inner);
            indices[i] = loop.Offset(0, run) + (loop.Advances(0) ? within : 0);
        }

        return indices;
    }

    /// <summary>The shape of one row.</summary>
    internal static Shape RowShape(Shape shape, Attributes attributes)
    {
        int axis = (int)attributes.Int("axis", -1);
        return new Shape(shape.Extents[(axis < 0 ? axis + shape.Rank : axis)..]);
    }

    private static Action CompileFloat(KernelContext context)
    {
        var (rows, width) = Rows(context.InputShape(0), context.Attributes);
        var row = RowShape(context.InputShape(0), context.Attributes);
        var (x, y) = (context.Input<float>(0), context.Output<float>());
        var (scale, bias) = (RowOperand.Of(context, 1, row), context.Has(2) ? RowOperand.Of(context, 2, row) : null);
        var means = context.HasOutput(1) ? context.Output<float>(1) : default;
        var deviations = context.HasOutput(2) ? context.Output<float>(2) : default;
        float epsilon = context.Attributes.Float("epsilon", 1e-5f);
        var normalize = Chunks.Each(
            context.Pool,
            rows,
            r =>
            {
                var source = x.Span.Slice(r * width, width);
                var destination = y.Span.Slice(r * width, width);
                float mean = Reductions.Sum(source) / width;
                ElementWise.Map<SubtractKernel>(source, mean, destination);
                float inverse = 1 / MathF.Sqrt((Reductions.SumOfSquares(destination) / width) + epsilon);
                ElementWise.Map<MultiplyKernel>(destination, inverse, destination);
                ElementWise.Map<MultiplyKernel>(destination, scale.Values, destination);
                if (bias is not null)
                {
                    ElementWise.Map<AddKernel>(destination, bias.Values, destination);
                }

                Keep(means, deviations, r, mean, inverse);
            },
            4 * width);
        return () =>
        {
            scale.Repeat();
            bias?.Repeat();
            normalize();
        };
    }

    private static Action CompileDouble(KernelContext context)
    {
        var (rows, width) = Rows(context.InputShape(0), context.Attributes);
        var row = RowShape(context.InputShape(0), context.Attributes);
        var (x, scale, y) = (context.Input<double>(0), context.Input<double>(1), context.Output<double>());
        var bias = context.Has(2) ? context.Input<double>(2) : default;
        var (scaleAt, biasAt) = (Repeated(context.InputShape(1), row), context.Has(2) ? Repeated(context.InputShape(2), row) : []);
        var means = context.HasOutput(1) ? context.Output<double>(1) : default;
        var deviations = context.HasOutput(2) ? context.Output<double>(2) : default;
        double epsilon = context.Attributes.Float("epsilon", 1e-5f);
        return () =>
        {
            for (int r = 0; r < rows; r++)
            {
                var source = x.Span.Slice(r * width, width);
                var destination = y.Span.Slice(r * width, width);
                var (mean, inverse) = Statistics(source, epsilon);
                for (int i = 0; i < destination.Length; i++)
                {
                    double value = (source[i] - mean) * inverse * scale[scaleAt[i]];
                    destination[i] = biasAt.Length == 0 ? value : value + bias[biasAt[i]];
                }

                Keep(means, deviations, r, mean, inverse);
            }
        };
    }

    /// <summary>The mean, and 1 / sqrt(variance + epsilon).</summary>
    internal static (double Mean, double Inverse) Statistics(ReadOnlySpan<double> row, double epsilon)
    {
        double sum = 0;
        foreach (double value in row)
        {
            sum += value;
        }

        double mean = sum / row.Length;
        double squares = 0;
        foreach (double value in row)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, 1 / Math.Sqrt((squares / row.Length) + epsilon));
    }

    private static void Keep<T>(Buffer<T> means, Buffer<T> deviations, int row, T mean, T inverse)
        where T : unmanaged
    {
        if (means.Length > 0)
        {
            means[row] = mean;
        }

        if (deviations.Length > 0)
        {
            deviations[row] = inverse;
        }
    }
}
