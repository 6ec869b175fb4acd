using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradients of GridSample by its images and by its grid, from that of the output, the images and the grid. Where two places of the grid share an
/// element their parts are added in the grid's order, one sample after the other.
/// </summary>
internal sealed class GridSampleGradient : Operator
{
    public override string Name => "GridSampleGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override int MaximumOutputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            foreach (string mode in new[] { "bilinear", "bicubic" })
            {
                yield return new(mode, Sample.Values(1, 2, 2, 2, 3), Sample.Values(2, 2, 2, 3, 4), Sample.Within(1.25f, 3, 2, 2, 3, 2))
                {
                    Outputs = 2,
                    Attributes = Attributes.None.With("mode", mode),
                    FloatTolerance = 1e-4,
                };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(1, ElementType.Float, ElementType.Double);
        if (x.HasRank && context.Input(2).HasRank)
        {
            GridSampling.Check(context, x, context.Input(2));
        }

        return [x, context.Input(2)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var sampling = new GridSampling(context.Attributes, context.Error);
        var (shape, target) = (context.InputShape(1), context.InputShape(0));
        int points = target[2] * target[3];
        var (dy, x, grid) = (context.Input<T>(0), context.Input<T>(1), context.Input<T>(2));
        var dx = context.HasOutput(0) ? context.Output<T>() : default;
        var dgrid = context.HasOutput(1) ? context.Output<T>(1) : default;
        int image = shape[1] * shape[2] * shape[3];
        return Chunks.Each(
            context.Pool,
            shape[0],
            sample =>
            {
                var sums = dx.Length > 0 ? dx.Span.Slice(sample * image, image) : [];
                sums.Clear();
                Add(sampling, shape, points, dy.Span.Slice(sample * shape[1] * points, shape[1] * points), x.Span.Slice(sample * image, image), grid.Span.Slice(sample * 2 * points, 2 * points), sums, dgrid.Length > 0 ? dgrid.Span.Slice(sample * 2 * points, 2 * points) : []);
            },
            points * Math.Max(1, shape[1]) * sampling.Count * sampling.Count);
    }

    private static void Add<T>(GridSampling sampling, Shape shape, int points, ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ReadOnlySpan<T> grid, Span<T> dx, Span<T> dgrid)
        where T : INumber<T>
    {
        Span<int> places = stackalloc int[2 * GridSampling.Most];
        Span<double> weights = stackalloc double[2 * GridSampling.Most];
        Span<double> slopes = stackalloc double[2 * GridSampling.Most];
        int plane = shape[2] * shape[3];
        for (int point = 0; point < points; point++)
        {
            sampling.Axis(double.CreateChecked(grid[2 * point]), shape[3], places, weights, slopes);
            sampling.Axis(double.CreateChecked(grid[(2 * point) + 1]), shape[2], places[GridSampling.Most..], weights[GridSampling.Most..], slopes[GridSampling.Most..]);
            (T alongX, T alongY) = (T.Zero, T.Zero);
            for (int i = 0; i < sampling.Count * sampling.Count; i++)
            {
                (int row, int column) = (GridSampling.Most + (i / sampling.Count), i % sampling.Count);
                if (places[row] < 0 || places[column] < 0)
                {
                    continue;
                }

                int place = (places[row] * shape[3]) + places[column];
                T weight = T.CreateChecked(weights[row] * weights[column]);
                T product = T.Zero;
                for (int channel = 0; channel < shape[1]; channel++)
                {
                    T slope = dy[(channel * points) + point];
                    product += slope * x[(channel * plane) + place];
                    if (!dx.IsEmpty)
                    {
                        dx[(channel * plane) + place] += weight * slope;
                    }
                }

                alongX += product * T.CreateChecked(weights[row] * slopes[column]);
                alongY += product * T.CreateChecked(slopes[row] * weights[column]);
            }

            if (!dgrid.IsEmpty)
            {
                (dgrid[2 * point], dgrid[(2 * point) + 1]) = (alongX, alongY);
            }
        }
    }
}
