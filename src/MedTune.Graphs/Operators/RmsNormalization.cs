using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x / sqrt(mean of x² + epsilon) · scale, the mean over the axes from attribute axis on, the last by default (Zhang and Sennrich 2019).</summary>
internal sealed class RmsNormalization : Operator
{
    public override string Name => "RMSNormalization";

    public override int SinceOpset => 23;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("last axis", Sample.Values(1, 9, 5), Sample.Values(2, 5)) { FloatTolerance = 1e-5 };
            yield return new("two axes", Sample.Values(3, 3, 2, 4), Sample.Values(4, 2, 4)) { Attributes = Attributes.None.With("axis", 1), FloatTolerance = 1e-5 };
            yield return new("one scale", Sample.Values(5, 2, 3, 4), Sample.Values(6, 1)) { Attributes = Attributes.None.With("axis", -2).With("epsilon", 0.0625f), FloatTolerance = 1e-5 };
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(7, 3, length), Sample.Values(8, length)) { HasGolden = false, FloatTolerance = 1e-5 };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        context.RequireSame(1, 0);
        if (x.HasRank)
        {
            int axis = context.Axis(context.Attributes.Int("axis", -1), x.Rank);
            if (context.Input(1).HasRank)
            {
                Broadcasting.Combine(context, x.Dimensions[axis..], context.Input(1).Dimensions);
            }
        }

        return [x];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => CompileFloat(context),
        ElementType.Double => CompileDouble(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>With n the normalized x and g the gradient times the scale: (g - n · mean of g · n) / root.</summary>
    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (x, dy) = (context.Input(0), context.OutputGradient());
        if (!x.Type.HasRank)
        {
            throw context.Error("the rank of its input is not known; its gradient needs it.");
        }

        long[] axes = AxesOf(context.Attributes, x.Type.Rank);
        var inverse = Inverse(build, x, axes, context.Attributes);
        var normalized = build.Multiply(x, inverse);
        context.SetReduced(1, build.Multiply(dy, normalized));
        if (context.Needs(0))
        {
            var weighted = build.Multiply(dy, context.Input(1));
            var along = build.ReduceMean(build.Multiply(weighted, normalized), axes);
            context.Set(0, build.Multiply(build.Subtract(weighted, build.Multiply(normalized, along)), inverse));
        }
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => node with { Attributes = node.Attributes.Without("stash_type") };

    public override ImmutableArray<Value> Expand(GraphBuilder builder, Node node)
    {
        var x = builder[node.Inputs[0]];
        if (!x.Type.HasRank)
        {
            return default;
        }

        var normalized = builder.Multiply(x, Inverse(builder, x, AxesOf(node.Attributes, x.Type.Rank), node.Attributes));
        return [builder.Append("Mul", [normalized, builder[node.Inputs[1]]], outputName: node.Outputs[0])];
    }

    private static long[] AxesOf(Attributes attributes, int rank)
    {
        int axis = (int)attributes.Int("axis", -1);
        axis = axis < 0 ? axis + rank : axis;
        return [.. Enumerable.Range(axis, rank - axis).Select(each => (long)each)];
    }

    private static Value Inverse(GraphBuilder build, Value x, long[] axes, Attributes attributes)
    {
        var squares = build.ReduceMean(build.Multiply(x, x), axes);
        return build.Reciprocal(build.Sqrt(build.Add(squares, build.Scalar(attributes.Float("epsilon", 1e-5f), x))));
    }

    private static Action CompileFloat(KernelContext context)
    {
        var (rows, width) = LayerNormalization.Rows(context.InputShape(0), context.Attributes);
        int[] scaleAt = LayerNormalization.Repeated(context.InputShape(1), LayerNormalization.RowShape(context.InputShape(0), context.Attributes));
        var (x, scale, y) = (context.Input<float>(0), context.Input<float>(1), context.Output<float>());
        float epsilon = context.Attributes.Float("epsilon", 1e-5f);
        return () =>
        {
            for (int row = 0; row < rows; row++)
            {
                var source = x.Span.Slice(row * width, width);
                var destination = y.Span.Slice(row * width, width);
                float inverse = 1 / MathF.Sqrt((Reductions.SumOfSquares(source) / width) + epsilon);
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = source[i] * inverse * scale[scaleAt[i]];
                }
            }
        };
    }

    private static Action CompileDouble(KernelContext context)
    {
        var (rows, width) = LayerNormalization.Rows(context.InputShape(0), context.Attributes);
        int[] scaleAt = LayerNormalization.Repeated(context.InputShape(1), LayerNormalization.RowShape(context.InputShape(0), context.Attributes));
        var (x, scale, y) = (context.Input<double>(0), context.Input<double>(1), context.Output<double>());
        double epsilon = context.Attributes.Float("epsilon", 1e-5f);
        return () =>
        {
            for (int row = 0; row < rows; row++)
            {
                var source = x.Span.Slice(row * width, width);
                double squares = 0;
                foreach (double value in source)
                {
                    squares += value * value;
                }

                double inverse = 1 / Math.Sqrt((squares / width) + epsilon);
                for (int i = 0; i < width; i++)
                {
                    y[(row * width) + i] = source[i] * inverse * scale[scaleAt[i]];
                }
            }
        };
    }
}
