using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>
/// The gradient of a convolution's filters: for each filter element the sum over samples and pixels of input times output gradient. Every shard of samples
/// gives one chain of fused multiply-adds over (sample, row, column); the shards are added over one fixed tree (<see cref="NumericsProfile.Shards"/>).
/// </summary>
/// <remarks>Not thread-safe: one run at a time. A run allocates nothing. Results depend neither on the threads nor on the instruction set.</remarks>
public sealed unsafe class ConvolutionWeightGradient
{
    /// <summary>Taps, over one plane or several, of a task: the sums of a 3 x 3 filter for all shards take 144 KiB of its stack.</summary>
    private const int MostTaps = 9;

    /// <summary>With fewer tasks than this the shards become tasks too.</summary>
    private const int FewTasks = 24;

    private readonly ConvolutionShape _shape;
    private readonly ConvolutionPass _forward;
    private readonly ConvolutionTap[] _taps;
    private readonly int[] _shardStarts;
    private readonly int _tapGroups;
    private readonly int _planesTogether;
    private readonly int _tasks;

    /// <summary>Prepares for fixed sizes.</summary>
    public ConvolutionWeightGradient(ConvolutionShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = shape;
        _forward = ConvolutionPass.Forward(shape);
        _taps = [.. _forward.Taps];
        _tapGroups = (_taps.Length + MostTaps - 1) / MostTaps;
        Planes = shape.IsPlanar ? shape.Channels : ChannelBlocks.Count(shape.Channels);
        _planesTogether = Math.Clamp(MostTaps / _taps.Length, 1, Planes);
        _tasks = Pairs * PlaneGroups * _tapGroups;
        _shardStarts = SampleShardRange.Filled(shape.Batch);
        ScratchLength = _tasks < FewTasks ? checked(_tasks * Shards * PartialLength) : 0;
    }

    /// <summary>Floats of scratch memory a run needs.</summary>
    public int ScratchLength { get; }

    internal int Planes { get; }

    internal int Pairs => (OutputBlocks + 1) / 2;

    private int PlaneGroups => (Planes + _planesTogether - 1) / _planesTogether;

    private int OutputBlocks => ChannelBlocks.Count(_shape.Outputs);

    private int Shards => _shardStarts.Length - 1;

    /// <summary>Sums of a plane: [tap][number of the run][32 outputs].</summary>
    private int PlaneLength => Math.Min(MostTaps, _taps.Length) * _forward.Run * 2 * ChannelBlocks.Size;

    /// <summary>Sums of one task and shard, plane by plane.</summary>
    private int PartialLength => _planesTogether * PlaneLength;

    /// <summary>Computes the gradient.</summary>
    /// <param name="x">The blocked (or planar) input of the forward.</param>
    /// <param name="dy">The blocked gradient of its output.</param>
    /// <param name="filters">[Outputs, Channels, FilterHeight, FilterWidth], written over.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> floats.</param>
    /// <param name="pool">The threads.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Run(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> filters, Span<float> scratch, TaskPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        if (x.Length != _shape.InputLength || dy.Length != _shape.OutputLength || filters.Length != _shape.Outputs * _shape.Channels * _shape.FilterArea || scratch.Length < ScratchLength)
        {
            throw new ArgumentException($"{x.Length}, {dy.Length}, {filters.Length} and {scratch.Length} values do not fit the convolution's sizes.", nameof(x));
        }

        if (Shards == 0)
        {
            filters.Clear();
            return;
        }

        fixed (float* input = x, gradient = dy, output = filters, memory = scratch)
        {
            var work = new Work(this, input, gradient, output, memory);
            if (ScratchLength > 0)
            {
                pool.Run(_tasks * Shards, work, Choose(static (work, task) => work.SumShard<ConvolutionTiles512>(task), static (work, task) => work.SumShard<ConvolutionTiles256>(task), static (work, task) => work.SumShard<ConvolutionTiles128>(task), static (work, task) => work.SumShard<ConvolutionTilesScalar>(task)));
                pool.Run(_tasks, work, static (work, task) => work.Collect(task));
            }
            else
            {
                pool.Run(_tasks, work, Choose(static (work, task) => work.SumAll<ConvolutionTiles512>(task), static (work, task) => work.SumAll<ConvolutionTiles256>(task), static (work, task) => work.SumAll<ConvolutionTiles128>(task), static (work, task) => work.SumAll<ConvolutionTilesScalar>(task)));
            }
        }
    }

    private static Action<Work, int> Choose(Action<Work, int> wide, Action<Work, int> middle, Action<Work, int> narrow, Action<Work, int> single) => InstructionSets.Active switch
    {
        InstructionSet.Vector512 => wide,
        InstructionSet.Vector256 => middle,
        InstructionSet.Vector128 => narrow,
        _ => single,
    };

    /// <summary>One run: a task is a pair of output blocks, an input plane and some taps.</summary>
    private readonly struct Work(ConvolutionWeightGradient of, float* x, float* dy, float* filters, float* scratch)
    {
        /// <summary>Bytes of input and output gradient that one band of rows reads: they stay in the first-level cache while all taps read them.</summary>
        private const int BandLimit = 28 << 10;

        public void SumShard<TTiles>(int task)
            where TTiles : struct, IConvolutionTiles => Sum<TTiles>(task / of.Shards, task % of.Shards, scratch + ((nint)task * of.PartialLength));

        public void Collect(int task) => Collect(task, scratch + ((nint)task * of.Shards * of.PartialLength));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void SumAll<TTiles>(int task)
            where TTiles : struct, IConvolutionTiles
        {
            float* partial = stackalloc float[of.Shards * of.PartialLength];
            for (int shard = 0; shard < of.Shards; shard++)
            {
                Sum<TTiles>(task, shard, partial + (shard * of.PartialLength));
            }

            Collect(task, partial);
        }

        private (int Pair, int Plane, int Planes, int FirstTap, int EndTap) Part(int task)
        {
            (int rest, int group) = Math.DivRem(task, of._tapGroups);
            (int pair, int planes) = Math.DivRem(rest, of.PlaneGroups);
            int plane = planes * of._planesTogether;
            return (pair, plane, Math.Min(of._planesTogether, of.Planes - plane), of._taps.Length * group / of._tapGroups, of._taps.Length * (group + 1) / of._tapGroups);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Sum<TTiles>(int task, int shard, float* sums)
            where TTiles : struct, IConvolutionTiles
        {
            var (pair, plane, planes, firstTap, endTap) = Part(task);
            new Span<float>(sums, of.PartialLength).Clear();
            var shape = of._shape;
            nint gradientPlane = (nint)shape.OutputHeight * shape.OutputWidth * ChannelBlocks.Size;
            int unit = shape.IsPlanar ? 1 : ChannelBlocks.Size;
            nint inputPlane = (nint)shape.Height * shape.Width * unit;
            int rows = Math.Clamp(BandLimit / (shape.OutputWidth * ((4 * unit * shape.StrideWidth * shape.StrideHeight) + (8 * ChannelBlocks.Size))), 1, shape.OutputHeight);
            for (int sample = of._shardStarts[shard]; sample < of._shardStarts[shard + 1]; sample++)
            {
                float* g = dy + ((((nint)sample * of.OutputBlocks) + (2 * pair)) * gradientPlane);
                float* input = x + ((((nint)sample * of.Planes) + plane) * inputPlane);
                for (int row = 0; row < shape.OutputHeight; row += rows)
                {
                    int end = Math.Min(row + rows, shape.OutputHeight);
                    for (int p = 0; p < planes && shape.IsPlanar; p++)
                    {
                        SumPlanar<TTiles>(pair, firstTap, endTap, row, end, input + (p * inputPlane), g, sums + (p * of.PlaneLength));
                    }

                    for (int p = 0; p < planes && !shape.IsPlanar; p++)
                    {
                        SumBlocked<TTiles>(pair, firstTap, endTap, row, end, input + (p * inputPlane), g, sums + (p * of.PlaneLength));
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void SumBlocked<TTiles>(int pair, int firstTap, int endTap, int firstRow, int endRow, float* input, float* g, float* sums)
            where TTiles : struct, IConvolutionTiles
        {
            const int unit = ChannelBlocks.Size;
            var shape = of._shape;
            for (int index = firstTap; index < endTap; index++)
            {
                // Only the outputs whose window has this tap inside the input: what is outside is zero.
                var tap = of._taps[index];
                (int top, int bottom) = Inside(tap.Row, shape.StrideHeight, shape.Height, firstRow, endRow);
                (int left, int right) = Inside(tap.Column, shape.StrideWidth, shape.Width, 0, shape.OutputWidth);
                if (bottom <= top || right <= left)
                {
                    continue;
                }

                float* source = input + (((((nint)top * shape.StrideHeight) + tap.Row) * shape.Width) + (left * shape.StrideWidth) + tap.Column) * unit;
                float* gradient = g + ((((nint)top * shape.OutputWidth) + left) * unit);
                (int rows, int columns) = (bottom - top, right - left);
                if (columns == shape.OutputWidth && columns == shape.Width && shape.StrideHeight == 1)
                {
                    (rows, columns) = (1, rows * columns);
                }

                Tiles<TTiles>(pair, unit, source, shape.StrideWidth * unit, (nint)shape.StrideHeight * shape.Width * unit, gradient, rows, columns, sums + ((index - firstTap) * unit * 2 * unit));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void SumPlanar<TTiles>(int pair, int firstTap, int endTap, int firstRow, int endRow, float* input, float* g, float* sums)
            where TTiles : struct, IConvolutionTiles
        {
            var shape = of._shape;
            int run = of._forward.Run;
            int width = ((shape.OutputWidth - 1) * shape.StrideWidth) + run;
            float* padded = stackalloc float[(endRow - firstRow) * width];
            for (int index = firstTap; index < endTap; index++)
            {
                var tap = of._taps[index];
                int left = Math.Clamp(-tap.Column, 0, width);
                int right = Math.Clamp(shape.Width - tap.Column, left, width);
                for (int row = firstRow; row < endRow; row++)
                {
                    float* line = padded + ((row - firstRow) * width);
                    int from = (row * shape.StrideHeight) + tap.Row;
                    new Span<float>(line, width).Clear();
                    if (from >= 0 && from < shape.Height)
                    {
                        new ReadOnlySpan<float>(input + ((nint)from * shape.Width) + tap.Column + left, right - left).CopyTo(new Span<float>(line + left, right - left));
                    }
                }

                float* gradient = g + ((nint)firstRow * shape.OutputWidth * ChannelBlocks.Size);
                Tiles<TTiles>(pair, run, padded, shape.StrideWidth, width, gradient, endRow - firstRow, shape.OutputWidth, sums + ((index - firstTap) * run * 2 * ChannelBlocks.Size));
            }
        }

        /// <summary>Outputs from first to end whose window has the tap inside an input of so many rows (or columns).</summary>
        private static (int First, int End) Inside(int tap, int stride, int size, int first, int end)
        {
            int from = tap >= 0 ? 0 : (-tap + stride - 1) / stride;
            int to = size - tap <= 0 ? 0 : ((size - tap - 1) / stride) + 1;
            return (Math.Max(first, from), Math.Min(end, to));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Tiles<TTiles>(int pair, int channels, float* source, nint xStep, nint xRow, float* gradient, int rows, int columns, float* sums)
            where TTiles : struct, IConvolutionTiles
        {
            var shape = of._shape;
            int blocks = Math.Min(2, of.OutputBlocks - (2 * pair));
            nint gRow = (nint)shape.OutputWidth * ChannelBlocks.Size;
            nint gBlock = (nint)shape.OutputHeight * shape.OutputWidth * ChannelBlocks.Size;
            int parts = (channels + TTiles.Channels - 1) / TTiles.Channels;
            for (int block = 0; block < blocks; block += TTiles.Blocks)
            {
                int channel = 0;
                for (int part = parts; part > 0; part--)
                {
                    int some = (channels - channel + part - 1) / part;
                    TTiles.Gradient(
                        some,
                        Math.Min(TTiles.Blocks, blocks - block),
                        source + channel,
                        xStep,
                        xRow,
                        gradient + (block * gBlock),
                        ChannelBlocks.Size,
                        gRow,
                        gBlock,
                        rows,
                        columns,
                        sums + (((channel * 2) + block) * ChannelBlocks.Size),
                        2 * ChannelBlocks.Size,
                        true);
                    channel += some;
                }
            }
        }

        /// <summary>Adds the shards over the fixed tree, neighbors first, and writes the filters' elements.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Collect(int task, float* partial)
        {
            int length = of.PartialLength;
            for (int step = 1; step < of.Shards; step *= 2)
            {
                for (int left = 0; left + step < of.Shards; left += 2 * step)
                {
                    var sum = new Span<float>(partial + (left * length), length);
                    ElementWise.Map<AddKernel>(sum, new ReadOnlySpan<float>(partial + ((left + step) * length), length), sum);
                }
            }

            var (pair, plane, planes, firstTap, endTap) = Part(task);
            for (int p = 0; p < planes; p++)
            {
                WriteFilters(pair, plane + p, firstTap, endTap, partial + (p * of.PlaneLength));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void WriteFilters(int pair, int plane, int firstTap, int endTap, float* sums)
        {
            var shape = of._shape;
            int run = of._forward.Run;
            int first = 2 * pair * ChannelBlocks.Size;
            int outputs = Math.Min(2 * ChannelBlocks.Size, shape.Outputs - first);
            for (int output = 0; output < outputs; output++)
            {
                float* row = filters + ((nint)(first + output) * shape.Channels * shape.FilterArea);
                for (int k = 0; k < run; k++)
                {
                    int channel = shape.IsPlanar ? plane : (plane * ChannelBlocks.Size) + k;
                    float* target = row + ((nint)channel * shape.FilterArea) + (shape.IsPlanar ? k : 0);
                    float* source = sums + (k * 2 * ChannelBlocks.Size) + output;
                    for (int tap = firstTap; tap < endTap && channel < shape.Channels; tap++)
                    {
                        target[of._taps[tap].Filter] = source[(tap - firstTap) * run * 2 * ChannelBlocks.Size];
                    }
                }
            }
        }
    }
}
