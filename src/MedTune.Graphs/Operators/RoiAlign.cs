using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Regions (input 1, [R, 4]: left, top, right, bottom) of the images (input 0) that input 2 names, each divided into an equal number of bins of which the
/// mean, or the maximum, of evenly spread samples is taken (He and others 2017).
/// </summary>
internal sealed class RoiAlign : Operator
{
    public override string Name => "RoiAlign";

    public override int SinceOpset => 10;

    public override int MinimumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var regions = Tensor.Create(new Shape(3, 4), [0.5f, 1.25f, 4, 5.5f, -1.5f, 0.25f, 2.75f, 3.5f, 3, 3, 3.25f, 7]);
            foreach (string mode in new[] { "avg", "max" })
            {
                var bins = Attributes.None.With("output_height", 2).With("output_width", 3).With("mode", mode);
                yield return Make($"{mode}", bins, regions);
                yield return Make($"{mode}, fixed samples", bins.With("sampling_ratio", 2).With("spatial_scale", 0.5f), regions);
                yield return Make($"{mode}, whole pixels", bins.With("coordinate_transformation_mode", "output_half_pixel"), regions);
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        context.RequireSame(1, 0);
        context.Require(2, ElementType.Int64);
        RegionSampling.Check(context);
        var regions = context.Input(1);
        return [new TensorType(x.Element,
        [
            regions.HasRank ? regions.Dimensions[0] : Dimension.Unknown,
            x.HasRank ? x.Dimensions[1] : Dimension.Unknown,
            (int)context.Attributes.Int("output_height", 1),
            (int)context.Attributes.Int("output_width", 1),
        ])];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        if (context.Needs(1) || context.Attributes.String("mode", "avg") != "avg")
        {
            throw context.Error("it can be differentiated only by its images, and only when it takes means. Freeze what comes before it.");
        }

        context.Set(0, context.Builder.Append(
            "RoiAlignGradient", [context.OutputGradient(), context.Input(0), context.Input(1), context.Input(2)], context.Attributes, InternalDomain));
    }

    /// <summary>Before set 16 regions began at the corner of a pixel instead of its middle.</summary>
    public override Node FromOpset(Node node, int opset, GraphBuilder builder) =>
        opset < 16 ? node with { Attributes = node.Attributes.With("coordinate_transformation_mode", "output_half_pixel") } : node;

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var sampling = new RegionSampling(context.Attributes, context.InputShape(0));
        var (x, regions, images, y) = (context.Input<T>(0), context.Input<T>(1), context.Input<long>(2), context.Output<T>());
        int channels = context.InputShape(0)[1];
        int plane = sampling.Height * sampling.Width;
        bool isMaximum = context.Attributes.String("mode", "avg") == "max";
        return Chunks.Each(
            context.Pool,
            images.Length * channels,
            unit =>
            {
                (int region, int channel) = Math.DivRem(unit, channels);
                int image = sampling.Image(images[region], context);
                var source = x.Span.Slice(((image * channels) + channel) * plane, plane);
                var result = y.Span.Slice(unit * sampling.Bins, sampling.Bins);
                var (place, samples) = sampling.Region(regions.Span.Slice(4 * region, 4));
                for (int bin = 0; bin < result.Length; bin++)
                {
                    T total = T.Zero;
                    for (int i = 0; i < samples.Rows * samples.Columns; i++)
                    {
                        var taps = sampling.Sample(place, samples, bin, i);
                        T term = isMaximum ? Largest(taps, source) : Mean(taps, source);
                        total = !isMaximum ? total + term : i == 0 || term > total ? term : total;
                    }

                    result[bin] = isMaximum ? total : total / T.CreateChecked(Math.Max(1, samples.Rows * samples.Columns));
                }
            },
            sampling.Bins * 16);
    }

    private static T Mean<T>(in RegionTaps taps, ReadOnlySpan<T> plane)
        where T : INumber<T>
    {
        T sum = T.Zero;
        for (int tap = 0; tap < RegionTaps.Count && taps.Scale > 0; tap++)
        {
            sum += T.CreateChecked(taps.Weight(tap)) * plane[taps.Place(tap)];
        }

        return sum;
    }

    /// <summary>As the programs that have this mode do: the largest of the weighted elements, not of the interpolated values.</summary>
    private static T Largest<T>(in RegionTaps taps, ReadOnlySpan<T> plane)
        where T : INumber<T>
    {
        T largest = T.CreateChecked(taps.Weight(0)) * plane[taps.Place(0)];
        for (int tap = 1; tap < RegionTaps.Count; tap++)
        {
            T term = T.CreateChecked(taps.Weight(tap)) * plane[taps.Place(tap)];
            largest = term > largest ? term : largest;
        }

        return largest;
    }

    private static OperatorCase Make(string name, Attributes attributes, Tensor<float> regions) =>
        new(name, Sample.Values(1, 2, 2, 6, 5), regions, Tensor.Vector(1L, 0L, 1L))
        {
            Attributes = attributes,
            GradientInputs = attributes.String("mode", "avg") == "avg" ? [0] : [],
            FloatTolerance = 1e-5,
        };
}
