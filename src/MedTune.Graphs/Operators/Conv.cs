using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Each output is the sum of a window of x [N, C, spatial...] times a kernel of w [M, C / group, kernel...], plus the channel's bias [M].
/// In float blocks of windows are laid out as columns and multiplied by the weights as a matrix.
/// </summary>
internal sealed class Conv : Operator
{
    public override string Name => "Conv";

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var none = Attributes.None;
            yield return ConvCase.Of("one axis", none, Sample.Values(1, 2, 2, 7), Sample.Values(2, 3, 2, 3), Sample.Values(3, 3));
            yield return ConvCase.Of("padding", none.With("pads", ImmutableArray.Create(1L, 0L, 2L, 1L)), Sample.Values(4, 2, 2, 4, 3), Sample.Values(5, 2, 2, 3, 2));
            yield return ConvCase.Of("strides and dilations", none.With("strides", ImmutableArray.Create(2L, 1L)).With("dilations", ImmutableArray.Create(1L, 2L)), Sample.Values(6, 1, 2, 5, 6), Sample.Values(7, 2, 2, 2, 2), Sample.Values(8, 2));
            yield return ConvCase.Of("groups", none.With("group", 2), Sample.Values(9, 2, 4, 3, 3), Sample.Values(10, 6, 2, 2, 2), Sample.Values(11, 6));
            yield return ConvCase.Of("each channel", none.With("group", 3).With("pads", ImmutableArray.Create(1L, 1L, 1L, 1L)), Sample.Values(12, 1, 3, 4, 4), Sample.Values(13, 3, 1, 3, 3));
            yield return ConvCase.Of("same, upper", none.With("auto_pad", "SAME_UPPER").With("strides", ImmutableArray.Create(2L, 2L)), Sample.Values(14, 1, 1, 5, 4), Sample.Values(15, 2, 1, 3, 3));
            yield return ConvCase.Of("same, lower", none.With("auto_pad", "SAME_LOWER"), Sample.Values(16, 1, 1, 4, 4), Sample.Values(17, 1, 1, 2, 2));
            yield return ConvCase.Of("three axes", none, Sample.Values(18, 1, 2, 3, 3, 4), Sample.Values(19, 2, 2, 2, 2, 3), Sample.Values(20, 2));
            yield return ConvCase.Of("many samples", none, Sample.Values(21, 11, 1, 5), Sample.Values(22, 2, 1, 2), Sample.Values(23, 2));
            yield return ConvCase.Of("points", none, Sample.Values(24, 2, 3, 2, 3), Sample.Values(25, 4, 3, 1, 1), Sample.Values(26, 4));
            yield return ConvCase.Of("more padding than data", none.With("pads", ImmutableArray.Create(4L, 4L)).With("strides", ImmutableArray.Create(3L)), Sample.Values(27, 1, 1, 2), Sample.Values(28, 1, 1, 3));
            yield return ConvCase.Of("blocks of windows", none.With("pads", ImmutableArray.Create(1L, 1L, 1L, 1L)), Sample.Values(29, 2, 16, 160, 50), Sample.Values(30, 3, 16, 3, 3), Sample.Values(31, 3)) with { HasGolden = false, FloatTolerance = 1e-3, GradientInputs = [] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double);
        context.RequireSame(1, 0);
        if (context.Has(2))
        {
            context.RequireSame(2, 0);
        }

        return [new TensorType(type.Element, OutputDimensions(context, 1, 2))];
    }

    public override Action Compile(KernelContext context) =>
        Compile(context, ConvLayout.Of(context.Attributes, context.InputShape(0), context.InputShape(1), context.Error), context.Has(2));

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (dy, x, w) = (context.OutputGradient(), context.Input(0), context.Input(1));
        if (context.Needs(0))
        {
            context.Set(0, build.Append("ConvInputGradient", [dy, w, x], context.Attributes, InternalDomain));
        }

        if (context.Needs(1))
        {
            context.Set(1, build.Append("ConvWeightGradient", [dy, x, w], context.Attributes, InternalDomain));
        }

        BiasGradient(context);
    }

    /// <summary>Sets the gradient of input 2, a bias per channel: the sum over samples and spatial axes.</summary>
    internal static void BiasGradient(GradientContext context)
    {
        if (context.Has(2) && context.Needs(2))
        {
            var (build, x) = (context.Builder, context.Input(0));
            long[] shape = [-1, .. Enumerable.Repeat(1L, x.Type.HasRank ? x.Type.Rank - 2 : throw context.Error("the number of axes of its input must be known to differentiate it."))];
            context.Set(2, build.Reshape(build.SumTo(context.OutputGradient(), build.Reshape(context.Input(2), shape)), -1L));
        }
    }

    /// <summary>The shape of the output, with the weights and the bias at given inputs; default when a rank is not known.</summary>
    internal static ImmutableArray<Dimension> OutputDimensions(ShapeContext context, int weights, int bias)
    {
        var (x, w) = (context.Input(0), context.Input(weights));
        if (!x.HasRank || !w.HasRank)
        {
            return default;
        }

        int axes = PoolOperator.SpatialAxes(x.Rank, context.Error);
        Check(context, x, w);
        CheckBias(context, bias, w.Dimensions[0]);
        ImmutableArray<Dimension> spatial = [.. Enumerable.Repeat(Dimension.Unknown, axes)];
        if (w.Dimensions[2..].All(dimension => dimension.Value is not null))
        {
            var windows = new Windows(context.Attributes, [.. w.Dimensions[2..].Select(dimension => dimension.Value!.Value)], context.Error);
            spatial = [.. x.Dimensions[2..].Select((dimension, axis) => windows.Count(axis, dimension))];
        }

        return [x.Dimensions[0], w.Dimensions[0], .. spatial];
    }

    /// <summary>Refuses a bias that has not one value per channel out.</summary>
    internal static void CheckBias(ShapeContext context, int bias, Dimension channels)
    {
        if (context.Has(bias) && context.Input(bias) is { HasRank: true } type &&
            (type.Rank != 1 || (type.Dimensions[0].Value is int length && channels.Value is int made && length != made)))
        {
            throw context.Error("its bias must have one value per channel out.");
        }
    }

    /// <summary>Inputs 0 and 1 as x and w, and maybe input 2 as the bias, to output 0; also what the gradient of ConvTranspose is.</summary>
    internal static Action Compile(KernelContext context, ConvLayout layout, bool hasBias)
    {
        switch (context.ElementOf(0))
        {
            case ElementType.Float:
                return Compile(context, layout, context.Input<float>(0), context.Input<float>(1), hasBias ? context.Input<float>(2) : default, context.Output<float>());
            case ElementType.Double:
                var (source, weights, y) = (context.Input<double>(0), context.Input<double>(1), context.Output<double>());
                var bias = hasBias ? context.Input<double>(2) : default;
                double[] values = new double[layout.Windows];
                return () =>
                {
                    for (int place = 0; place < layout.Samples * layout.Groups; place++)
                    {
                        int group = place % layout.Groups;
                        Run(
                            layout,
                            source.Span.Slice(place * layout.SizeX, layout.SizeX),
                            weights.Span.Slice(group * layout.SizeW, layout.SizeW),
                            hasBias ? bias.Span.Slice(group * layout.Made, layout.Made) : [],
                            y.Span.Slice(place * layout.SizeY, layout.SizeY),
                            values);
                    }
                };
            case var other:
                throw context.Unsupported(other);
        }
    }

    private static Action Compile(KernelContext context, ConvLayout layout, Buffer<float> x, Buffer<float> w, Buffer<float> bias, Buffer<float> y)
    {
        int units = layout.Samples * layout.Blocks;
        var work = new ConvWork(context, layout, units, (layout.Made, layout.Block, layout.Depth));
        return work.Over(units, (worker, unit) =>
        {
            (int sample, int block) = Math.DivRem(unit, layout.Blocks);
            (int first, int count) = layout.Part(block);
            for (int group = 0; group < layout.Groups; group++)
            {
                int place = (sample * layout.Groups) + group;
                ReadOnlySpan<float> source = x.Span.Slice(place * layout.SizeX, layout.SizeX);
                var sums = y.Span.Slice(place * layout.SizeY, layout.SizeY)[first..];
                var columns = layout.Columns(source, first, count, work.Columns(worker), out int step);
                work.Multiply(worker, (layout.Made, count, layout.Depth), w.Span.Slice(group * layout.SizeW, layout.SizeW), false, layout.Depth, columns, false, step, sums, layout.Windows);
                for (int made = 0; made < layout.Made && bias.Length > 0; made++)
                {
                    var row = sums.Slice(made * layout.Windows, count);
                    ElementWise.Map<AddKernel>(row, bias[(group * layout.Made) + made], row);
                }
            }
        });
    }

    /// <summary>
    /// The reference for one group of one sample: channel by channel and tap by tap, each output one chain of multiply, then add, from zero; the bias last.
    /// </summary>
    /// <param name="layout">The sizes.</param>
    /// <param name="x">The group's planes.</param>
    /// <param name="w">The group's weights.</param>
    /// <param name="bias">The group's bias, or nothing.</param>
    /// <param name="y">The group's sums.</param>
    /// <param name="values">Room for one value per window.</param>
    internal static void Run<T>(ConvLayout layout, ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> y, Span<T> values)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        y.Clear();
        for (int row = 0; row < layout.Depth; row++)
        {
            (int channel, int tap) = Math.DivRem(row, layout.Rows.Taps);
            layout.Rows.Read(x.Slice(channel * layout.Rows.Plane, layout.Rows.Plane), tap, 0, values);
            for (int made = 0; made < layout.Made; made++)
            {
                T weight = w[(made * layout.Depth) + row];
                var sums = y.Slice(made * layout.Windows, layout.Windows);
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += weight * values[i];
                }
            }
        }

        for (int i = 0; i < y.Length && bias.Length > 0; i++)
        {
            y[i] += bias[i / layout.Windows];
        }
    }

    private static void Check(ShapeContext context, TensorType x, TensorType w)
    {
        long groups = context.Attributes.Int("group", 1);
        if (w.Rank != x.Rank)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its weights have rank {w.Rank} and its input has rank {x.Rank}; both must have the same."));
        }

        if (groups < 1 || groups > int.MaxValue || w.Dimensions[0].Value % groups > 0 || x.Dimensions[1].Value % groups > 0)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its group is {groups}, which must divide {x.Dimensions[1]} channels in and {w.Dimensions[0]} channels out."));
        }

        if (x.Dimensions[1].Value is int channels && w.Dimensions[1].Value is int read && channels != read * groups)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its input has {channels} channels; its weights read {read} in each of {groups} groups."));
        }

        CheckKernel(context, w);
    }

    /// <summary>Refuses an attribute kernel_shape that is not that of the weights.</summary>
    internal static void CheckKernel(ShapeContext context, TensorType w)
    {
        var kernel = context.Attributes.Ints("kernel_shape");
        if (!kernel.IsDefaultOrEmpty && (kernel.Length != w.Rank - 2 || w.Dimensions[2..].Where((dimension, axis) => dimension.Value is int extent && extent != kernel[axis]).Any()))
        {
            throw context.Error("its kernel_shape is not that of its weights.");
        }
    }
}
