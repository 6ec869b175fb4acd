using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of LayerNormalization. Inputs dy, x, scale; output 0 is dx, output 1 is dy times the normalized x, which the caller sums to the scale's shape.
/// With n the normalized x and g = dy · scale, dx = inverse · (g - mean(g) - n · mean(g · n)).
/// </summary>
internal sealed class LayerNormalizationGradient : Operator
{
    public override string Name => "LayerNormalizationGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override int MaximumOutputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("last axis", Sample.Values(1, 3, 5), Sample.Values(2, 3, 5), Sample.Values(3, 5)) { Outputs = 2, FloatTolerance = 2e-5 };
            yield return new("two axes", Sample.Values(4, 3, 2, 4), Sample.Values(5, 3, 2, 4), Sample.Values(6, 2, 4)) { Outputs = 2, Attributes = Attributes.None.With("axis", 1), FloatTolerance = 2e-5 };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(1, ElementType.Float, ElementType.Double);
        return [type, type];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => CompileFloat(context),
        ElementType.Double => CompileDouble(context),
        var other => throw context.Unsupported(other),
    };

    private static Action CompileFloat(KernelContext context)
    {
        var shape = context.InputShape(1);
        var (rows, width) = LayerNormalization.Rows(shape, context.Attributes);
        var scale = RowOperand.Of(context, 2, LayerNormalization.RowShape(shape, context.Attributes));
        var (dy, x, dx) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>());
        var weighted = context.HasOutput(1) ? context.Output<float>(1) : context.Scratch<float>(shape.Length);
        int workers = WorkerLoop.Workers(context.Pool, rows);
        var scratch = Enumerable.Range(0, workers).Select(_ => context.Scratch<float>(2 * width)).ToArray();
        float epsilon = context.Attributes.Float("epsilon", 1e-5f);
        int each = Math.Max(1, Chunks.Grain / Math.Max(1, 8 * width));
        int units = (rows + each - 1) / each;
        var loop = new WorkerLoop(
            WorkerLoop.PoolFor(context.Pool, units, each * 8 * width),
            units,
            (worker, unit) =>
            {
                for (int row = unit * each; row < Math.Min(rows, (unit + 1) * each); row++)
                {
                    int start = row * width;
                    var memory = scratch[worker].Span;
                    Row(
                        x.Span.Slice(start, width),
                        dy.Span.Slice(start, width),
                        scale.Values,
                        epsilon,
                        memory[..width],
                        memory[width..],
                        weighted.Span.Slice(start, width),
                        dx.Span.Slice(start, width));
                }
            });
        return () =>
        {
            scale.Repeat();
            loop.Run();
        };
    }

    private static void Row(
        ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ReadOnlySpan<float> scale, float epsilon, Span<float> normalized, Span<float> gradient, Span<float> weighted, Span<float> dx)
    {
        float count = x.Length;
        ElementWise.Map<SubtractKernel>(x, Reductions.Sum(x) / count, normalized);
        ElementWise.Map<MultiplyKernel>(dy, scale, gradient);
        float inverse = 1 / MathF.Sqrt((Reductions.SumOfSquares(normalized) / count) + epsilon);
        ElementWise.Map<MultiplyKernel>(normalized, inverse, normalized);
        ElementWise.Map<MultiplyKernel>(dy, normalized, weighted);
        float mean = Reductions.Sum(gradient) / count;
        float slope = Reductions.Dot(gradient, normalized) / count;
        ElementWise.Map<MultiplyKernel>(normalized, slope, normalized);
        ElementWise.Map<SubtractKernel>(gradient, mean, gradient);
        ElementWise.Map<SubtractKernel>(gradient, normalized, gradient);
        ElementWise.Map<MultiplyKernel>(gradient, inverse, dx);
    }

    private static Action CompileDouble(KernelContext context)
    {
        var shape = context.InputShape(1);
        var (rows, width) = LayerNormalization.Rows(shape, context.Attributes);
        int[] scaleAt = LayerNormalization.Repeated(context.InputShape(2), LayerNormalization.RowShape(shape, context.Attributes));
        var (dy, x, scale, dx) = (context.Input<double>(0), context.Input<double>(1), context.Input<double>(2), context.Output<double>());
        var weighted = context.HasOutput(1) ? context.Output<double>(1) : context.Scratch<double>(shape.Length);
        double epsilon = context.Attributes.Float("epsilon", 1e-5f);
        return () =>
        {
            for (int start = 0; start < rows * width; start += width)
            {
                var (mean, inverse) = LayerNormalization.Statistics(x.Span.Slice(start, width), epsilon);
                double sum = 0, dot = 0;
                for (int i = 0; i < width; i++)
                {
                    double normalized = (x[start + i] - mean) * inverse;
                    double gradient = dy[start + i] * scale[scaleAt[i]];
                    weighted[start + i] = dy[start + i] * normalized;
                    sum += gradient;
                    dot += gradient * normalized;
                }

                for (int i = 0; i < width; i++)
                {
                    double normalized = (x[start + i] - mean) * inverse;
                    dx[start + i] = inverse * ((dy[start + i] * scale[scaleAt[i]]) - (sum / width) - (normalized * (dot / width)));
                }
            }
        };
    }
}
