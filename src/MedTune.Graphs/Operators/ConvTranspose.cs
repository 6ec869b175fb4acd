using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Each element of x [N, C, spatial...] times its channel's kernel of w [C, M / group, kernel...] is added to a window of y [N, M, windows' span...], plus
/// the channel's bias [M]: what <see cref="ConvInputGradient"/> computes, whose gradients are a convolution and its weight gradient.
/// </summary>
internal sealed class ConvTranspose : Operator
{
    public override string Name => "ConvTranspose";

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var two = Attributes.None.With("strides", ImmutableArray.Create(2L, 2L));
            yield return ConvCase.Of("one axis", Attributes.None, Sample.Values(1, 2, 2, 4), Sample.Values(2, 2, 3, 3), Sample.Values(3, 3));
            yield return ConvCase.Of("strides and padding", two.With("pads", ImmutableArray.Create(1L, 0L, 0L, 1L)), Sample.Values(4, 2, 2, 3, 2), Sample.Values(5, 2, 1, 3, 2), Sample.Values(6, 1));
            yield return ConvCase.Of("more behind", two.With("output_padding", ImmutableArray.Create(1L, 0L)), Sample.Values(7, 1, 1, 3, 3), Sample.Values(8, 1, 2, 2, 3));
            yield return ConvCase.Of("dilations", Attributes.None.With("dilations", ImmutableArray.Create(2L, 1L)), Sample.Values(9, 1, 1, 3, 3), Sample.Values(10, 1, 1, 2, 2));
            yield return ConvCase.Of("groups", Attributes.None.With("group", 2), Sample.Values(11, 2, 4, 3), Sample.Values(12, 4, 3, 2), Sample.Values(13, 6));
            yield return ConvCase.Of("same, upper", two.With("auto_pad", "SAME_UPPER"), Sample.Values(14, 1, 1, 3, 3), Sample.Values(15, 1, 2, 3, 3));
            yield return ConvCase.Of("same, lower", two.With("auto_pad", "SAME_LOWER"), Sample.Values(16, 1, 1, 2, 3), Sample.Values(17, 1, 1, 3, 3));
            yield return ConvCase.Of("larger output", two.With("output_shape", ImmutableArray.Create(8L, 7L)), Sample.Values(18, 1, 1, 3, 3), Sample.Values(19, 1, 1, 3, 3));
            yield return ConvCase.Of("smaller output", two.With("output_shape", ImmutableArray.Create(4L, 6L)), Sample.Values(20, 1, 1, 3, 3), Sample.Values(21, 1, 1, 3, 3));
            yield return ConvCase.Of("three axes", Attributes.None, Sample.Values(22, 1, 2, 2, 2, 2), Sample.Values(23, 2, 1, 2, 1, 2), Sample.Values(24, 1));
            yield return ConvCase.Of("many samples", Attributes.None.With("strides", ImmutableArray.Create(2L)), Sample.Values(25, 11, 1, 3), Sample.Values(26, 1, 2, 2), Sample.Values(27, 2));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        var w = context.Input(1);
        context.RequireSame(1, 0);
        if (context.Has(2))
        {
            context.RequireSame(2, 0);
        }

        if (!x.HasRank || !w.HasRank)
        {
            return [new TensorType(x.Element, default)];
        }

        Check(context, x, w);
        var channels = w.Dimensions[1].Value is int made ? Dimension.FromValue((int)(made * context.Attributes.Int("group", 1))) : Dimension.Unknown;
        Conv.CheckBias(context, 2, channels);
        ImmutableArray<Dimension> spatial = [.. Enumerable.Repeat(Dimension.Unknown, x.Rank - 2)];
        if (w.Dimensions[2..].All(dimension => dimension.Value is not null))
        {
            var windows = new Windows(context.Attributes, [.. w.Dimensions[2..].Select(dimension => dimension.Value!.Value)], context.Error);
            spatial = [.. x.Dimensions[2..].Select((dimension, axis) => dimension.Value is int extent
                ? Fit(context.Attributes, windows, axis, extent, context.Error).Extent
                : Dimension.Unknown)];
        }

        return [new TensorType(x.Element, [x.Dimensions[0], channels, .. spatial])];
    }

    public override Action Compile(KernelContext context)
    {
        var layout = Layout(context, context.InputShape(0), context.InputShape(1));
        var sums = ConvInputGradient.Compile(context, layout);
        return !context.Has(2) ? sums : context.ElementOf(0) switch
        {
            ElementType.Float => AddBias(context, layout, sums),
            _ => AddDoubleBias(context, layout, sums),
        };
    }

    public override void Gradient(GradientContext context)
    {
        var (build, dy, x, w) = (context.Builder, context.OutputGradient(), context.Input(0), context.Input(1));
        if (context.Needs(0))
        {
            context.Set(0, build.Append("ConvTransposeInputGradient", [dy, w, x], context.Attributes, InternalDomain));
        }

        if (context.Needs(1))
        {
            context.Set(1, build.Append("ConvTransposeWeightGradient", [dy, x, w], context.Attributes, InternalDomain));
        }

        Conv.BiasGradient(context);
    }

    /// <summary>The layout of the convolution that leads back: its x is this operator's y, and its windows are the elements of this operator's x.</summary>
    internal static ConvLayout Layout(KernelContext context, Shape x, Shape w)
    {
        var windows = new Windows(context.Attributes, [.. w.Extents[2..]], context.Error);
        int[] counts = x.Extents[2..].ToArray();
        var fits = counts.Select((extent, axis) => Fit(context.Attributes, windows, axis, extent, context.Error)).ToArray();
        var rows = new WindowRows(windows, [.. fits.Select(fit => fit.Extent)], counts, [.. fits.Select(fit => fit.Begin)]);
        int groups = (int)context.Attributes.Int("group", 1);
        return new ConvLayout(x[0], groups, w[1], w[0] / groups, rows).Checked(context.Error);
    }

    /// <summary>The extent of the output along an axis, and what is cut off before it.</summary>
    private static (int Extent, int Begin) Fit(Attributes attributes, Windows windows, int axis, int extent, Func<string, InvalidGraphException> error)
    {
        int more = Windows.List(attributes, "output_padding", windows.Kernel.Length, (0, 0), error)[axis];
        int given = Windows.List(attributes, "output_shape", windows.Kernel.Length, (-1, 0), error)[axis];
        string auto = attributes.String("auto_pad", "NOTSET");
        long full = ((extent - 1L) * windows.Stride(axis)) + windows.Reach(axis) + more;
        var (begin, end) = auto == "VALID" ? (0, 0) : windows.Pads(axis);
        long wanted = given >= 0 ? given : auto.StartsWith("SAME", StringComparison.Ordinal) ? (long)extent * windows.Stride(axis) : full - begin - end;
        if (wanted is < 0 or > int.MaxValue)
        {
            throw error(string.Create(CultureInfo.InvariantCulture, $"its output would have {wanted} elements along spatial axis {axis}: {full} less the padding {begin} and {end}."));
        }

        if (given >= 0 || auto.StartsWith("SAME", StringComparison.Ordinal))
        {
            long cut = Math.Clamp(full - wanted, 0, int.MaxValue);
            begin = (int)(auto == "SAME_UPPER" ? cut / 2 : cut - (cut / 2));
        }

        return ((int)wanted, begin);
    }

    private static void Check(ShapeContext context, TensorType x, TensorType w)
    {
        PoolOperator.SpatialAxes(x.Rank, context.Error);
        long groups = context.Attributes.Int("group", 1);
        if (w.Rank != x.Rank)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its weights have rank {w.Rank} and its input has rank {x.Rank}; both must have the same."));
        }

        if (groups < 1 || groups > int.MaxValue || w.Dimensions[0].Value % groups > 0 || x.Dimensions[1].Value % groups > 0 || w.Dimensions[1].Value * groups > int.MaxValue)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its group is {groups}, which must divide {x.Dimensions[1]} channels."));
        }

        if (x.Dimensions[1].Value is int channels && w.Dimensions[0].Value is int read && channels != read)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its input has {channels} channels; its weights read {read}."));
        }

        Conv.CheckKernel(context, w);
    }

    private static Action AddBias(KernelContext context, ConvLayout layout, Action sums)
    {
        var (bias, y) = (context.Input<float>(2), context.Output<float>());
        int plane = layout.Rows.Plane;
        var add = Chunks.Each(
            context.Pool,
            layout.Samples * bias.Length,
            i =>
            {
                var values = y.Span.Slice(i * plane, plane);
                ElementWise.Map<AddKernel>(values, bias[i % bias.Length], values);
            },
            plane);
        return () =>
        {
            sums();
            add();
        };
    }

    private static Action AddDoubleBias(KernelContext context, ConvLayout layout, Action sums)
    {
        var (bias, y) = (context.Input<double>(2), context.Output<double>());
        return () =>
        {
            sums();
            for (int i = 0; i < y.Length; i++)
            {
                y[i] += bias[i / layout.Rows.Plane % bias.Length];
            }
        };
    }
}
