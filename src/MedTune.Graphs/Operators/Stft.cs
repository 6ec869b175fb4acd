using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The short-time Fourier transform of signals [samples, length, 1 or 2]: frames of the length of input 3 (or of the window, input 2), input 1 elements apart, times the
/// window, transformed; [samples, frames, bins, 2], the first half of the bins alone unless <c>onesided</c> is 0.
/// </summary>
internal sealed class Stft : Operator
{
    private const int MostPlaces = 1 << 28;

    public override string Name => "STFT";

    public override int SinceOpset => 17;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 4;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("window", Sample.Values(1, 2, 13, 1), Tensor.Scalar(3L), Sample.Positive(1, 2, 6)) { FloatTolerance = 1e-5 };
            yield return new("frames alone", Sample.Values(3, 1, 12, 1), Tensor.Scalar(4L), null, Tensor.Scalar(5L)) { FloatTolerance = 1e-5 };
            yield return new("complex", Sample.Values(4, 1, 9, 2), Tensor.Scalar(2L), Sample.Positive(1, 5, 4), Tensor.Scalar(4L)) { Attributes = Attributes.None.With("onesided", 0), FloatTolerance = 1e-5 };
        }
    }

    public override bool NeedsConstant(int input) => input is 1 or 3;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var signal = context.Require(0, ElementType.Float, ElementType.Double);
        context.Require(1, ElementType.Int64, ElementType.Int32);
        if (context.Has(2))
        {
            context.RequireSame(2, 0);
        }

        var length = Length(context);
        var step = context.Longs(1);
        bool isKnown = signal.HasRank && signal.Rank == 3 && signal.Dimensions[1].Value is not null && length is not null && !step.IsDefault;
        if (!isKnown)
        {
            return signal.HasRank && signal.Rank != 3
                ? throw context.Error($"its signal is {signal}; [samples, length, 1 or 2] was expected.")
                : [new TensorType(signal.Element, [signal.HasRank ? signal.Dimensions[0] : Dimension.Unknown, Dimension.Unknown, Dimension.Unknown, 2])];
        }

        int extent = signal.Dimensions[1].Value!.Value, frame = length!.Value;
        if (step.Length != 1 || step[0] < 1 || frame < 1 || frame > extent)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its frames of {frame} elements do not fit a signal of {extent}, or its step is below 1."));
        }

        bool isHalf = context.Attributes.Int("onesided", 1) == 1;
        if (isHalf && signal.Dimensions[2].Value == 2)
        {
            throw context.Error("it is onesided, which only a transform of real numbers can be.");
        }

        int frames = (int)((extent - frame) / step[0]) + 1;
        return [new TensorType(signal.Element, [signal.Dimensions[0], frames, isHalf ? (frame / 2) + 1 : frame, 2])];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>Back through the transform to the windowed frames; from these to the signal they were taken from, and to the window.</summary>
    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (signal, gradient) = (context.Input(0), context.OutputGradient());
        if (signal.Type.Dimensions[1].Value is not int || gradient.Type.Dimensions[1].Value is not int frames || StepOf(context) is not int step
            || (context.Has(2) ? context.Input(2).Type.Dimensions[0].Value : Known(build, context.Node.Inputs[3])) is not int length)
        {
            throw context.Error("the lengths of its signal, steps and frames must be known to differentiate it.");
        }

        if ((long)frames * length > MostPlaces)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its {frames} frames of {length} have too many elements together to be differentiated; take larger steps."));
        }

        long[] places = [.. Enumerable.Range(0, frames).SelectMany(frame => Enumerable.Range(0, length).Select(i => ((long)frame * step) + i))];
        var indices = build.Constant(Tensor.Create(new Shape(frames, length), places.AsSpan()), "frames");
        var taken = build.Gather(signal, indices, 1);
        var window = context.Has(2) ? build.Unsqueeze(context.Input(2), 1) : default;
        var framed = window.Name is null ? taken : build.Multiply(taken, window);
        var attributes = Attributes.None.With("axis", 2).With("onesided", context.Attributes.Int("onesided", 1));
        var slopes = build.Append("DFTGradient", [gradient, framed], attributes, InternalDomain);
        if (context.Needs(2))
        {
            context.Set(2, build.ReduceSum(build.Multiply(slopes, taken), [0, 1, 3], keepDimensions: false));
        }

        var own = window.Name is null ? slopes : build.Multiply(slopes, window);
        context.Set(0, build.Append("GatherGradient", [own, indices, signal], Attributes.None.With("axis", 1), InternalDomain));
    }

    private static int? StepOf(GradientContext context) => Known(context.Builder, context.Node.Inputs[1]);

    private static int? Known(GraphBuilder builder, string name) => builder.Known(name) switch
    {
        Tensor<long> { Length: 1 } known => (int)known.Values[0],
        Tensor<int> { Length: 1 } known => known.Values[0],
        _ => null,
    };

    private static int? Length(ShapeContext context)
    {
        var window = context.Has(2) && context.Input(2).HasRank ? context.Input(2).Dimensions[0].Value : null;
        if (!context.Has(3))
        {
            return context.Has(2) ? window : throw context.Error("it has neither a window nor a length of its frames.");
        }

        var given = context.Longs(3);
        return given.IsDefault ? null
            : given is [>= 1 and <= int.MaxValue and var length] && (window ?? length) == length ? (int)length
            : throw context.Error("the length of its frames must be one number, that of the window.");
    }

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var (from, to) = (context.InputShape(0), context.OutputShape());
        int length = context.Has(2) ? context.InputShape(2)[0] : (int)context.Longs(3)[0];
        int step = Dft.LengthOf(context, 1, 0), parts = from[2], frames = to[1], bins = to[2];
        var (x, y, window) = (context.Input<T>(0), context.Output<T>(), context.Has(2) ? context.Input<T>(2) : default);
        var lines = new FourierLines(length, isForward: true, 1);
        int units = from[0] * frames, size = length * parts;
        var pool = WorkerLoop.PoolFor(context.Pool, units, size);
        var scratch = context.Scratch<T>(checked(WorkerLoop.Workers(pool, units) * size));
        return new WorkerLoop(pool, units, (worker, unit) =>
        {
            (int sample, int number) = Math.DivRem(unit, frames);
            var frame = scratch.Span.Slice(worker * size, size);
            x.Span.Slice(((sample * from[1]) + (number * step)) * parts, size).CopyTo(frame);
            for (int j = 0; j < frame.Length && window.Length > 0; j++)
            {
                frame[j] *= window[j / parts];
            }

            for (int k = 0; k < bins; k++)
            {
                var (real, imaginary) = lines.Sum<T>(frame, 0, parts, length, parts == 2, k);
                y[((unit * bins) + k) * 2] = T.CreateTruncating(real);
                y[(((unit * bins) + k) * 2) + 1] = T.CreateTruncating(imaginary);
            }
        }).Run;
    }
}
