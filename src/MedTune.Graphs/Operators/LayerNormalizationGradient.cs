using System.Collections.Immutable;
using System.Numerics;
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
        ElementType.Float => Compile<float>(context, Reductions.Sum, Reductions.Dot, MathF.Sqrt),
        ElementType.Double => Compile<double>(context, Reductions.Sum, Reductions.Dot, Math.Sqrt),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context, Func<ReadOnlySpan<T>, T> sum, Func<ReadOnlySpan<T>, ReadOnlySpan<T>, T> dot, Func<T, T> root)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(1);
        var (rows, width) = LayerNormalization.Rows(shape, context.Attributes);
        int[] scaleAt = LayerNormalization.Repeated(context.InputShape(2), LayerNormalization.RowShape(shape, context.Attributes));
        var (dy, x, scale, dx) = (context.Input<T>(0), context.Input<T>(1), context.Input<T>(2), context.Output<T>());
        var weighted = context.HasOutput(1) ? context.Output<T>(1) : context.Scratch<T>(shape.Length);
        var scratch = context.Scratch<T>(2 * width);
        T epsilon = T.CreateChecked(context.Attributes.Float("epsilon", 1e-5f));
        T count = T.CreateChecked(width);
        return () =>
        {
            var normalized = scratch.Span[..width];
            var gradient = scratch.Span[width..];
            for (int row = 0; row < rows; row++)
            {
                var source = x.Span.Slice(row * width, width);
                var arriving = dy.Span.Slice(row * width, width);
                T mean = sum(source) / count;
                for (int i = 0; i < width; i++)
                {
                    normalized[i] = source[i] - mean;
                    gradient[i] = arriving[i] * scale[scaleAt[i]];
                }

                T inverse = T.One / root((dot(normalized, normalized) / count) + epsilon);
                for (int i = 0; i < width; i++)
                {
                    normalized[i] *= inverse;
                    weighted[(row * width) + i] = arriving[i] * normalized[i];
                }

                T meanGradient = sum(gradient) / count;
                T slope = dot(gradient, normalized) / count;
                for (int i = 0; i < width; i++)
                {
                    dx[(row * width) + i] = inverse * (gradient[i] - meanGradient - (normalized[i] * slope));
                }
            }
        };
    }
}
