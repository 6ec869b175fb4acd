using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of LRN from that of the output and the input. With s the scale of a channel and n the size, dx = dy · s^-beta
/// - 2 alpha beta / n · x · the sum of dy · x · s^(-beta - 1) over the channels whose neighborhood holds this one.
/// </summary>
internal sealed class LrnGradient : Operator
{
    public override string Name => "LRNGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("size 3", Sample.Values(1, 2, 5, 2), Sample.Values(2, 2, 5, 2)) { Attributes = Attributes.None.With("size", 3).With("alpha", 0.5f) };
            yield return new("size 4", Sample.Values(3, 1, 6, 2), Sample.Values(4, 1, 6, 2)) { Attributes = Attributes.None.With("size", 4).With("alpha", 0.25f).With("beta", 0.5f).With("bias", 2f) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [Lrn.Check(context, 1)];

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, Lrn.Power),
        ElementType.Double => Compile<double>(context, Lrn.Power),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context, Lrn.PowerMap<T> power)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(1);
        int channels = shape[1];
        int plane = new Shape(shape.Extents[2..]).Length;
        double beta = context.Attributes.Float("beta", 0.75f);
        var attributes = context.Attributes;
        int size = (int)attributes.Int("size", 1);
        T factor = T.CreateChecked(2 * beta * attributes.Float("alpha", 1e-4f) / size);
        var (dy, x, dx) = (context.Input<T>(0), context.Input<T>(1), context.Output<T>());
        var terms = context.Scratch<T>(x.Length);

        // First what each channel gives to those around it, then what each gets.
        var give = Chunks.Each(
            context.Pool,
            shape[0] * channels,
            place =>
            {
                (int sample, int channel) = Math.DivRem(place, channels);
                var own = dx.Span.Slice(place * plane, plane);
                var term = terms.Span.Slice(place * plane, plane);
                Lrn.Scales(x.Span.Slice(sample * channels * plane, channels * plane), channel, channels, attributes, term);
                term.CopyTo(own);
                power(own, -beta);
                for (int i = 0; i < own.Length; i++)
                {
                    own[i] *= dy[(place * plane) + i];
                    term[i] = own[i] * x[(place * plane) + i] / term[i];
                }
            },
            plane);
        var get = Chunks.Each(
            context.Pool,
            shape[0] * channels,
            place =>
            {
                // A channel lies around those that lie as far before it as a neighborhood reaches behind, and the other way round.
                int channel = place % channels;
                int first = Math.Max(0, channel - (size / 2));
                int end = (int)Math.Min(channels, channel + ((size - 1) / 2) + 1L);
                for (int i = place * plane; i < (place + 1) * plane; i++)
                {
                    T sum = T.Zero;
                    for (int other = first - channel; other < end - channel; other++)
                    {
                        sum += terms[i + (other * plane)];
                    }

                    dx[i] -= factor * x[i] * sum;
                }
            },
            plane);
        return () =>
        {
            give();
            get();
        };
    }
}
