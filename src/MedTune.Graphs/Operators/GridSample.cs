using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Images [N, C, H, W] looked up at the places of a grid [N, height, width, 2] of coordinates (x, y) from -1 to 1, interpolated between elements:
/// a differentiable warp (Jaderberg and others 2015).
/// </summary>
internal sealed class GridSample : Operator
{
    public override string Name => "GridSample";

    public override int SinceOpset => 16;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            uint seed = 1;
            foreach (string mode in new[] { "bilinear", "nearest", "bicubic" })
            {
                foreach (string padding in new[] { "zeros", "border", "reflection" })
                {
                    foreach (int aligned in new[] { 0, 1 })
                    {
                        yield return new($"{mode}, {padding}, {(aligned == 1 ? "corners" : "edges")}", Sample.Values(seed++, 2, 2, 3, 4), Sample.Within(1.75f, seed++, 2, 2, 3, 2))
                        {
                            Attributes = Attributes.None.With("mode", mode).With("padding_mode", padding).With("align_corners", aligned),
                            FloatTolerance = 1e-5,
                        };
                    }
                }
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        var grid = context.Input(1);
        context.RequireSame(1, 0);
        _ = new GridSampling(context.Attributes, context.Error);
        if (!x.HasRank || !grid.HasRank)
        {
            return [new TensorType(x.Element, default)];
        }

        GridSampling.Check(context, x, grid);
        return [new TensorType(x.Element, [x.Dimensions[0], x.Dimensions[1], grid.Dimensions[1], grid.Dimensions[2]])];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        var gradients = context.Builder.AppendMany("GridSampleGradient", [context.OutputGradient(), context.Input(0), context.Input(1)], 2, context.Attributes, InternalDomain);
        context.Set(0, gradients[0]);
        context.Set(1, gradients[1]);
    }

    /// <summary>Set 20 gave two modes other names.</summary>
    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => node.Attributes.String("mode", "bilinear") switch
    {
        "linear" => node with { Attributes = node.Attributes.With("mode", "bilinear") },
        "cubic" => node with { Attributes = node.Attributes.With("mode", "bicubic") },
        _ => node,
    };

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var sampling = new GridSampling(context.Attributes, context.Error);
        var (shape, target) = (context.InputShape(0), context.OutputShape());
        int plane = shape[2] * shape[3];
        int points = target[2] * target[3];
        var (x, grid, y) = (context.Input<T>(0), context.Input<T>(1), context.Output<T>());
        return Chunks.Over(
            context.Pool,
            shape[0] * points,
            (start, length) =>
            {
                Span<int> places = stackalloc int[2 * GridSampling.Most];
                Span<double> weights = stackalloc double[2 * GridSampling.Most];
                Span<double> slopes = stackalloc double[2 * GridSampling.Most];
                for (int point = start; point < start + length; point++)
                {
                    sampling.Axis(double.CreateChecked(grid[2 * point]), shape[3], places, weights, slopes);
                    sampling.Axis(double.CreateChecked(grid[(2 * point) + 1]), shape[2], places[GridSampling.Most..], weights[GridSampling.Most..], slopes[GridSampling.Most..]);
                    (int sample, int place) = Math.DivRem(point, points);
                    for (int channel = 0; channel < shape[1]; channel++)
                    {
                        int image = (sample * shape[1]) + channel;
                        y[(image * points) + place] = Value(x.Span.Slice(image * plane, plane), shape[3], sampling.Count, places, weights);
                    }
                }
            },
            Math.Max(1, shape[1]) * sampling.Count * sampling.Count);
    }

    private static T Value<T>(ReadOnlySpan<T> plane, int width, int count, ReadOnlySpan<int> places, ReadOnlySpan<double> weights)
        where T : INumber<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < count * count; i++)
        {
            (int row, int column) = (GridSampling.Most + (i / count), i % count);
            if (places[row] >= 0 && places[column] >= 0)
            {
                sum += T.CreateChecked(weights[row] * weights[column]) * plane[(places[row] * width) + places[column]];
            }
        }

        return sum;
    }
}
