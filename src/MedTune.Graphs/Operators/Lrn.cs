using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Local response normalization: x divided by (bias + alpha / size · the sum of squares over size channels around its own) to the power beta
/// (Krizhevsky, Sutskever, Hinton 2012, section 3.3).
/// </summary>
internal sealed class Lrn : Operator
{
    /// <summary>Raises each value to a power.</summary>
    internal delegate void PowerMap<T>(Span<T> values, double power);

    public override string Name => "LRN";

    public override int MinimumInputs => 1;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var three = Attributes.None.With("size", 3);
            yield return new("size 3", Sample.Values(1, 2, 5, 2, 3)) { Attributes = three.With("alpha", 0.5f) };
            yield return new("size 4", Sample.Values(2, 1, 6, 2)) { Attributes = Attributes.None.With("size", 4).With("alpha", 0.25f).With("beta", 0.5f).With("bias", 2f) };
            yield return new("wider than the channels", Sample.Values(3, 2, 2, 3)) { Attributes = Attributes.None.With("size", 7) };
            yield return new("no other axes", Sample.Values(4, 2, 5)) { Attributes = three };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [Check(context, 0)];

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, Power),
        ElementType.Double => Compile<double>(context, Power),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context) => context.Set(
        0, context.Builder.Append("LRNGradient", [context.OutputGradient(), context.Input(0)], context.Attributes, InternalDomain));

    internal static void Power(Span<float> values, double power) => ElementWise.Map<PowKernel>(values, (float)power, values);

    internal static void Power(Span<double> values, double power)
    {
        foreach (ref double value in values)
        {
            value = DoubleMath.Pow(value, power);
        }
    }

    /// <summary>Refuses what has no channels, and a size that is missing.</summary>
    internal static TensorType Check(ShapeContext context, int input)
    {
        var type = context.Require(input, ElementType.Float, ElementType.Double);
        long size = context.Attributes.Int("size", 0);
        if (size is < 1 or > int.MaxValue)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its size is {size}; at least 1 channel was expected."));
        }

        return !type.HasRank || type.Rank >= 2 ? type : throw context.Error("its input must have samples and channels.");
    }

    /// <summary>The channels around one.</summary>
    internal static (int First, int End) Around(int channel, int channels, int size) =>
        (Math.Max(0, channel - ((size - 1) / 2)), (int)Math.Min(channels, channel + (size / 2) + 1L));

    /// <summary>What x of a channel is divided by, before it is raised to a power: bias plus the weighted sum of squares.</summary>
    internal static void Scales<T>(ReadOnlySpan<T> sample, int channel, int channels, Attributes attributes, Span<T> scales)
        where T : unmanaged, INumber<T>
    {
        int size = (int)attributes.Int("size", 1);
        T alpha = T.CreateChecked(attributes.Float("alpha", 1e-4f)) / T.CreateChecked(size);
        scales.Clear();
        var (first, end) = Around(channel, channels, size);
        for (int other = first; other < end; other++)
        {
            var plane = sample.Slice(other * scales.Length, scales.Length);
            for (int i = 0; i < plane.Length; i++)
            {
                scales[i] += plane[i] * plane[i];
            }
        }

        T bias = T.CreateChecked(attributes.Float("bias", 1));
        foreach (ref T scale in scales)
        {
            scale = bias + (alpha * scale);
        }
    }

    private static Action Compile<T>(KernelContext context, PowerMap<T> power)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(0);
        int channels = shape[1];
        int plane = new Shape(shape.Extents[2..]).Length;
        double beta = context.Attributes.Float("beta", 0.75f);
        var attributes = context.Attributes;
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return Chunks.Each(
            context.Pool,
            shape[0] * channels,
            place =>
            {
                (int sample, int channel) = Math.DivRem(place, channels);
                var result = y.Span.Slice(place * plane, plane);
                Scales(x.Span.Slice(sample * channels * plane, channels * plane), channel, channels, attributes, result);
                power(result, -beta);
                var values = x.Span.Slice(place * plane, plane);
                for (int i = 0; i < values.Length; i++)
                {
                    result[i] *= values[i];
                }
            },
            plane);
    }
}
