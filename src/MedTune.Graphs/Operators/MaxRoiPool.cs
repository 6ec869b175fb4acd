using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The largest element of each bin of regions [R, 5] (image, left, top, right, bottom, in pixels once multiplied by <c>spatial_scale</c>, both ends included) of images
/// [N, C, H, W]: [R, C, pooled_shape...]. Bins without an element give 0 (Girshick 2015).
/// </summary>
internal sealed class MaxRoiPool : Operator
{
    public override string Name => "MaxRoiPool";

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var regions = Tensor.Create(new Shape(3, 5), [0f, 1, 0, 4, 5, 1, 2, 3, 3, 3, 1, -2, 1, 2, 9]);
            var bins = Attributes.None.With("pooled_shape", (long[])[2, 3]);
            yield return new("whole pixels", Sample.Values(1, 2, 2, 6, 5), regions) { Attributes = bins, GradientInputs = [0] };
            yield return new("scaled", Sample.Values(2, 2, 1, 4, 4), regions) { Attributes = bins.With("spatial_scale", 0.5f), GradientInputs = [0] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        var regions = context.Input(1);
        context.RequireSame(1, 0);
        int[] bins = Windows.List(context.Attributes, "pooled_shape", 2, (0, 1), context.Error);
        bool fits = (!x.HasRank || x.Rank == 4) && (!regions.HasRank || (regions.Rank == 2 && (regions.Dimensions[1].Value ?? 5) == 5)) && bins[0] > 0;
        return fits
            ? [new TensorType(x.Element, [regions.HasRank ? regions.Dimensions[0] : Dimension.Unknown, x.HasRank ? x.Dimensions[1] : Dimension.Unknown, bins[0], bins[1]])]
            : throw context.Error($"its images are {x} and its regions {regions}; [N, C, H, W], [R, 5] and a pooled_shape of two extents were expected.");
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        if (context.Needs(1))
        {
            throw context.Error("it cannot be differentiated by its regions. Freeze what comes before them.");
        }

        context.Set(0, context.Builder.Append("MaxRoiPoolGradient", [context.Input(0), context.Input(1), context.OutputGradient()], context.Attributes, InternalDomain));
    }

    /// <summary>A delegate that visits every bin of every channel, channels apart, regions in order.</summary>
    /// <param name="context">A node with images as input 0 and regions as input 1.</param>
    /// <param name="bins">The shape of all bins.</param>
    /// <param name="work">Gets a bin's number and the place of its largest element, the first of several, or -1.</param>
    internal static Action Visit<T>(KernelContext context, Shape bins, Action<int, int> work)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(0);
        var (x, regions) = (context.Input<T>(0), context.Input<T>(1));
        double scale = context.Attributes.Float("spatial_scale", 1);
        var (channels, height, width) = (shape[1], shape[2], shape[3]);
        return Chunks.Each(
            context.Pool,
            channels,
            channel =>
            {
                for (int region = 0; region < bins[0]; region++)
                {
                    double At(int i) => double.CreateTruncating(regions[(5 * region) + i]);
                    double image = At(0);
                    if (!(image >= 0 && image < shape[0]))
                    {
                        throw context.Error(string.Create(CultureInfo.InvariantCulture, $"region {region} names an image that does not exist."));
                    }

                    int plane = ((int)image * channels) + channel;
                    var (left, top) = (Pixel(At(1) * scale), Pixel(At(2) * scale));
                    var (right, bottom) = (Pixel(At(3) * scale), Pixel(At(4) * scale));
                    for (int bin = 0; bin < bins[2] * bins[3]; bin++)
                    {
                        var (firstRow, endRow) = Span(top, bottom, bin / bins[3], bins[2], height);
                        var (firstColumn, endColumn) = Span(left, right, bin % bins[3], bins[3], width);
                        int place = -1;
                        for (int row = firstRow; row < endRow; row++)
                        {
                            for (int column = firstColumn; column < endColumn; column++)
                            {
                                int at = (((plane * height) + row) * width) + column;
                                place = place < 0 || x[at] > x[place] ? at : place;
                            }
                        }

                        work((((region * channels) + channel) * bins[2] * bins[3]) + bin, place);
                    }
                }
            },
            Math.Max(1, bins[0] * bins[2] * bins[3] * 4));
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return Visit<T>(context, context.OutputShape(), (bin, place) => y[bin] = place < 0 ? T.Zero : x[place]);
    }

    /// <summary>The nearest pixel, halves away from 0; kept within numbers that can be added.</summary>
    private static int Pixel(double at) => double.IsNaN(at) ? 0 : (int)Math.Clamp(Math.Round(at, MidpointRounding.AwayFromZero), -(1 << 28), 1 << 28);

    /// <summary>The elements of a bin along an axis, cut to those there are.</summary>
    private static (int First, int End) Span(int first, int last, int bin, int bins, int extent)
    {
        double size = Math.Max(last - first + 1, 1) / (double)bins;
        double begin = Math.Floor(bin * size) + first, end = Math.Ceiling((bin + 1) * size) + first;
        return ((int)Math.Clamp(begin, 0, extent), (int)Math.Clamp(end, 0, extent));
    }
}
