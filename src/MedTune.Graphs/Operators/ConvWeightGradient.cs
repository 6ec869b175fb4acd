using System.Collections.Immutable;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradient of a Conv by its weights: that of the output (input 0) times the windows of the input (input 1), in the shape of input 2. Every shard
/// of samples gives one sum, and these are added over a fixed tree (<see cref="SampleShards"/>).
/// </summary>
internal sealed class ConvWeightGradient : ConvolutionGradient
{
    public override string Name => "ConvWeightGradient";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return ConvCase.Of("overlapping", Attributes.None, Sample.Values(1, 2, 3, 2, 3), Sample.Values(2, 2, 2, 3, 4), Sample.Values(3, 3, 2, 2, 2));
            yield return ConvCase.Of("strides and padding", Attributes.None.With("strides", ImmutableArray.Create(2L)).With("pads", ImmutableArray.Create(2L, 1L)), Sample.Values(4, 1, 2, 4), Sample.Values(5, 1, 2, 6), Sample.Values(6, 2, 2, 3));
            yield return ConvCase.Of("groups", Attributes.None.With("group", 2), Sample.Values(7, 2, 4, 2), Sample.Values(8, 2, 4, 3), Sample.Values(9, 4, 2, 2));
            yield return ConvCase.Of("many samples", Attributes.None, Sample.Values(10, 19, 2, 2), Sample.Values(11, 19, 1, 3), Sample.Values(12, 2, 1, 2));
            yield return ConvCase.Of("blocks of windows", Attributes.None.With("pads", ImmutableArray.Create(1L, 1L, 1L, 1L)), Sample.Values(13, 3, 3, 160, 50), Sample.Values(14, 3, 16, 160, 50), Sample.Values(15, 3, 16, 3, 3)) with { HasGolden = false, FloatTolerance = 1e-3 };
        }
    }

    public override Action Compile(KernelContext context) =>
        Compile(context, ConvLayout.Of(context.Attributes, context.InputShape(1), context.InputShape(2), context.Error), dy: 0, x: 1);

    /// <summary>The inputs that hold the gradient of y and x to output 0, in the shape of w; also what the gradient of ConvTranspose is.</summary>
    internal static Action Compile(KernelContext context, ConvLayout layout, int dy, int x)
    {
        switch (context.ElementOf(0))
        {
            case ElementType.Float:
                return Compile(context, layout, context.Input<float>(dy), context.Input<float>(x));
            case ElementType.Double:
                double[] values = new double[layout.Windows];
                var (slopes, source) = (context.Input<double>(dy), context.Input<double>(x));
                var (run, sums) = Sharded<double>(context, layout.Samples, (_, sample, sum) => AddSample(layout, sample, slopes.Span, source.Span, sum, values));
                return Finish(context, layout.Samples, sums, () =>
                {
                    for (int shard = 0; shard < SampleShards.Filled(layout.Samples); shard++)
                    {
                        run(0, shard);
                    }
                });
            case var other:
                throw context.Unsupported(other);
        }
    }

    private delegate void SampleSum<T>(int worker, int sample, Span<T> sum);

    private static Action Compile(KernelContext context, ConvLayout layout, Buffer<float> dy, Buffer<float> x)
    {
        int shards = SampleShards.Filled(layout.Samples);
        var work = new ConvWork(context, layout, shards, (layout.Made, layout.Depth, layout.Block));
        var (run, sums) = Sharded<float>(context, layout.Samples, (worker, sample, sum) =>
        {
            for (int unit = 0; unit < layout.Groups * layout.Blocks; unit++)
            {
                (int group, int block) = Math.DivRem(unit, layout.Blocks);
                (int first, int count) = layout.Part(block);
                int place = (sample * layout.Groups) + group;
                ReadOnlySpan<float> source = x.Span.Slice(place * layout.SizeX, layout.SizeX);
                var columns = layout.Columns(source, first, count, work.Columns(worker), out int step);
                work.Multiply(
                    worker,
                    (layout.Made, layout.Depth, count),
                    dy.Span.Slice(place * layout.SizeY, layout.SizeY)[first..],
                    false,
                    layout.Windows,
                    columns,
                    true,
                    step,
                    sum.Slice(group * layout.SizeW, layout.SizeW),
                    layout.Depth,
                    accumulate: true);
            }
        });
        return Finish(context, layout.Samples, sums, work.Over(shards, run));
    }

    /// <summary>Sums each shard's samples, in order, into rows of their own.</summary>
    private static (Action<int, int> Run, Buffer<T> Sums) Sharded<T>(KernelContext context, int samples, SampleSum<T> add)
        where T : unmanaged
    {
        int length = context.OutputShape().Length;
        int[] filled = [.. Enumerable.Range(0, SampleShards.Count).Where(shard => SampleShards.Start(shard + 1, samples) > SampleShards.Start(shard, samples))];
        var sums = context.Scratch<T>(checked(Math.Max(1, filled.Length) * length));
        return ((worker, shard) =>
        {
            var sum = sums.Span.Slice(shard * length, length);
            sum.Clear();
            for (int sample = SampleShards.Start(filled[shard], samples); sample < SampleShards.Start(filled[shard] + 1, samples); sample++)
            {
                add(worker, sample, sum);
            }
        }, sums);
    }

    private static Action Finish<T>(KernelContext context, int samples, Buffer<T> sums, Action shards)
        where T : unmanaged, INumber<T>
    {
        var dw = context.Output<T>();
        return () =>
        {
            shards();
            SampleShards.AddTree(sums.Span, SampleShards.Filled(samples), dw.Length);
            if (samples == 0)
            {
                dw.Span.Clear();
            }
            else
            {
                sums.Span[..dw.Length].CopyTo(dw.Span);
            }
        };
    }

    /// <summary>The reference, channel by channel and tap by tap.</summary>
    private static void AddSample(ConvLayout layout, int sample, ReadOnlySpan<double> dy, ReadOnlySpan<double> x, Span<double> dw, Span<double> values)
    {
        for (int i = 0; i < layout.Groups * layout.Depth; i++)
        {
            (int group, int row) = Math.DivRem(i, layout.Depth);
            (int channel, int tap) = Math.DivRem(row, layout.Rows.Taps);
            int place = (sample * layout.Groups) + group;
            layout.Rows.Read(x.Slice((place * layout.SizeX) + (channel * layout.Rows.Plane), layout.Rows.Plane), tap, 0, values);
            for (int made = 0; made < layout.Made; made++)
            {
                var slopes = dy.Slice((place * layout.SizeY) + (made * layout.Windows), layout.Windows);
                double sum = 0;
                for (int window = 0; window < slopes.Length; window++)
                {
                    sum += slopes[window] * values[window];
                }

                dw[(group * layout.SizeW) + (made * layout.Depth) + row] += sum;
            }
        }
    }
}
