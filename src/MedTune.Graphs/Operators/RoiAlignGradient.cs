using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of RoiAlign by its images (input 1, only their shape is read): that of the output (input 0) given back to the elements each sample lies
/// between, region by region in order.
/// </summary>
internal sealed class RoiAlignGradient : Operator
{
    public override string Name => "RoiAlignGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var regions = Tensor.Create(new Shape(2, 4), [0.5f, 1.25f, 4, 5.5f, -1.5f, 0.25f, 2.75f, 3.5f]);
            yield return new("means", Sample.Values(1, 2, 2, 2, 2), Sample.Values(2, 1, 2, 5, 4), regions, Tensor.Vector(0L, 0L))
            {
                Attributes = Attributes.None.With("output_height", 2).With("output_width", 2),
                FloatTolerance = 1e-5,
            };
        }
    }

    public override bool ReadsValues(int input) => input != 1;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        RegionSampling.Check(context, 1);
        return [context.Require(1, ElementType.Float, ElementType.Double)];
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
        var sampling = new RegionSampling(context.Attributes, context.InputShape(1));
        var (dy, regions, images, dx) = (context.Input<T>(0), context.Input<T>(2), context.Input<long>(3), context.Output<T>());
        int channels = context.InputShape(1)[1];
        int plane = sampling.Height * sampling.Width;

        // Regions may overlap, so one task does all those of a channel.
        var add = Chunks.Each(
            context.Pool,
            channels,
            channel =>
            {
                for (int region = 0; region < images.Length; region++)
                {
                    int image = sampling.Image(images[region], context);
                    var sums = dx.Span.Slice(((image * channels) + channel) * plane, plane);
                    var (place, samples) = sampling.Region(regions.Span.Slice(4 * region, 4));
                    for (int bin = 0; bin < sampling.Bins; bin++)
                    {
                        T slope = dy[(((region * channels) + channel) * sampling.Bins) + bin] / T.CreateChecked(Math.Max(1, samples.Rows * samples.Columns));
                        for (int i = 0; i < samples.Rows * samples.Columns; i++)
                        {
                            Add(sampling.Sample(place, samples, bin, i), slope, sums);
                        }
                    }
                }
            },
            images.Length * sampling.Bins * 16);
        return () =>
        {
            dx.Span.Clear();
            add();
        };
    }

    private static void Add<T>(in RegionTaps taps, T slope, Span<T> sums)
        where T : INumber<T>
    {
        for (int tap = 0; tap < RegionTaps.Count && taps.Scale > 0; tap++)
        {
            sums[taps.Place(tap)] += T.CreateChecked(taps.Weight(tap)) * slope;
        }
    }
}
