using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>One run of the gradient of a convolution's filters: the memory it works on, and its tasks.</summary>
internal unsafe struct WeightGradientWork
{
    private const int FewTaps = 4;

    public WeightGradientLayout Layout;
    public float* X;
    public float* Dy;
    public float* Filters;
    public float* Scratch;

    /// <summary>What the input becomes as it is read; only where windows are single pixels.</summary>
    public HeldNormalization Reading;

    /// <summary>Sums a part over one shard into the scratch memory.</summary>
    public readonly void SumShard<TTiles>(int task)
        where TTiles : struct, IConvolutionTiles => Sum<TTiles>(task / Layout.Shards, task % Layout.Shards, Scratch + ((nint)task * Layout.PartialLength));

    /// <summary>Adds up a part's shards in the scratch memory.</summary>
    public readonly void Collect(int task) => Collect(task, Scratch + ((nint)task * Layout.Shards * Layout.PartialLength));

    /// <summary>Sums a part over all shards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void SumAll<TTiles>(int task)
        where TTiles : struct, IConvolutionTiles
    {
        float* memory = stackalloc float[(Layout.Shards * Layout.PartialLength) + ChannelBlocks.Size];
        float* partial = (float*)(((nuint)memory + 63) & ~(nuint)63);
        for (int shard = 0; shard < Layout.Shards; shard++)
        {
            Sum<TTiles>(task, shard, partial + (shard * Layout.PartialLength));
        }

        Collect(task, partial);
    }

    private readonly nint InputPlane => (nint)Layout.Shape.Height * Layout.Shape.Width * Layout.Unit;

    private readonly nint OutputPlane => (nint)Layout.Shape.OutputHeight * Layout.Shape.OutputWidth * ChannelBlocks.Size;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Sum<TTiles>(int task, int shard, float* sums)
        where TTiles : struct, IConvolutionTiles
    {
        var part = Layout.Part(task);
        new Span<float>(sums, Layout.PartialLength).Clear();
        float* memory = stackalloc float[Reading.IsNeeded ? (Layout.ImagesTogether * Layout.BandRows * Layout.Shape.Width * ChannelBlocks.Size) + ChannelBlocks.Size : 0];
        float* normalized = (float*)(((nuint)memory + 63) & ~(nuint)63);
        int end = Layout.ShardStarts[shard + 1];
        int height = Layout.Shape.OutputHeight;
        for (int sample = Layout.ShardStarts[shard]; sample < end; sample += Layout.ImagesTogether)
        {
            int images = Math.Min(Layout.ImagesTogether, end - sample);
            for (int row = 0; row < height; row += Layout.BandRows)
            {
                var band = new Band(sample, images, row, Math.Min(row + Layout.BandRows, height));
                float* target = sums;
                for (int pair = part.Pairs.First; pair < part.Pairs.End; pair++)
                {
                    for (int plane = part.Planes.First; plane < part.Planes.End; plane++, target += Layout.PlaneLength)
                    {
                        var ahead = Ahead<TTiles>(part, band, pair, plane);
                        if (Layout.Shape.IsPlanar)
                        {
                            SumPlanar<TTiles>(band, pair, plane, part.Taps, target, ref ahead);
                        }
                        else
                        {
                            SumBlocked<TTiles>(band, pair, plane, part.Taps, target, normalized, ref ahead);
                        }
                    }
                }
            }
        }
    }

    /// <summary>What the step after this one reads: the next plane with the same output gradient, the next pair, or the next band.</summary>
    private readonly BandAhead Ahead<TTiles>(WeightGradientPart part, Band band, int pair, int plane)
        where TTiles : struct, IConvolutionTiles
    {
        // Small images are near already, and with few taps there is too little work to hide the asking in.
        var shape = Layout.Shape;
        if (Layout.BandRows == shape.OutputHeight || part.Taps.End - part.Taps.First < FewTaps)
        {
            return default;
        }

        bool isSameGradient = ++plane < part.Planes.End;
        if (!isSameGradient)
        {
            plane = part.Planes.First;
            if (++pair == part.Pairs.End)
            {
                (pair, int row) = (part.Pairs.First, band.EndRow);
                band = row < shape.OutputHeight ? band with { Row = row } : band with { Sample = band.Sample + band.Images, Row = 0 };
            }
        }

        if (band.Sample >= shape.Batch)
        {
            return default;
        }

        int rows = Math.Min(Layout.BandRows, shape.OutputHeight - band.Row);
        int inputRow = band.Row * shape.StrideHeight;
        float* x = X + ((((nint)band.Sample * Layout.Planes) + plane) * InputPlane) + ((nint)inputRow * shape.Width * Layout.Unit);
        float* g = Dy + ((((nint)band.Sample * Layout.OutputBlocks) + (2 * pair)) * OutputPlane) + ((nint)band.Row * shape.OutputWidth * ChannelBlocks.Size);
        nint gradients = isSameGradient ? 0 : (nint)rows * shape.OutputWidth * ChannelBlocks.Size;
        int parts = (part.Taps.End - part.Taps.First) * ((Layout.Run + TTiles.Channels - 1) / TTiles.Channels) * (2 / TTiles.Blocks);
        return new BandAhead
        {
            Input = new MemoryAhead(x, (nint)Math.Min(rows * shape.StrideHeight, shape.Height - inputRow) * shape.Width * Layout.Unit, parts),
            Gradient = new MemoryAhead(g, gradients, parts),
            NextGradient = new MemoryAhead(g + OutputPlane, (2 * pair) + 1 < Layout.OutputBlocks ? gradients : 0, parts),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SumBlocked<TTiles>(Band band, int pair, int plane, (int First, int End) taps, float* sums, float* normalized, ref BandAhead ahead)
        where TTiles : struct, IConvolutionTiles
    {
        const int unit = ChannelBlocks.Size;
        var shape = Layout.Shape;
        float* input = X + ((((nint)band.Sample * Layout.Planes) + plane) * InputPlane);
        float* g = Dy + ((((nint)band.Sample * Layout.OutputBlocks) + (2 * pair)) * OutputPlane);
        var windows = Windows(band.Images, shape.StrideWidth * unit, (nint)shape.StrideHeight * shape.Width * unit);
        if (Reading.IsNeeded)
        {
            input = Normalize(band, plane, input, normalized, ref windows);
        }

        for (int index = taps.First; index < taps.End; index++)
        {
            // Only the outputs whose window has this tap inside the input: what is outside is zero.
            var tap = Layout.Taps[index];
            (int top, int bottom) = Inside(tap.Row, shape.StrideHeight, shape.Height, band.Row, band.EndRow);
            (int left, int right) = Inside(tap.Column, shape.StrideWidth, shape.Width, 0, shape.OutputWidth);
            if (bottom <= top || right <= left)
            {
                continue;
            }

            (windows.Rows, windows.Columns) = (bottom - top, right - left);
            if (windows.Columns == shape.OutputWidth && windows.Columns == shape.Width && shape.StrideHeight == 1)
            {
                (windows.Rows, windows.Columns) = (1, windows.Rows * windows.Columns);
            }

            float* source = input + (((((nint)top * shape.StrideHeight) + tap.Row) * shape.Width) + (left * shape.StrideWidth) + tap.Column) * unit;
            float* gradient = g + ((((nint)top * shape.OutputWidth) + left) * unit);
            Tiles<TTiles>(pair, unit, windows, source, gradient, sums + ((index - taps.First) * unit * 2 * unit), ref ahead);
        }
    }

    /// <summary>A plane's band as its windows read it, normalized; the answer is where row 0 would lie.</summary>
    private readonly float* Normalize(Band band, int plane, float* input, float* normalized, ref GradientWindows windows)
    {
        int width = Layout.Shape.Width;
        int pixels = (band.EndRow - band.Row) * width;
        nint before = (nint)band.Row * width * ChannelBlocks.Size;
        for (int image = 0; image < band.Images; image++)
        {
            Reading.Copy(input + (image * windows.XImage) + before, plane, pixels, normalized + ((nint)image * pixels * ChannelBlocks.Size));
        }

        windows.XImage = (nint)pixels * ChannelBlocks.Size;
        return normalized - before;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void SumPlanar<TTiles>(Band band, int pair, int plane, (int First, int End) taps, float* sums, ref BandAhead ahead)
        where TTiles : struct, IConvolutionTiles
    {
        var shape = Layout.Shape;
        int run = Layout.Run;
        int width = ((shape.OutputWidth - 1) * shape.StrideWidth) + run;
        float* input = X + ((((nint)band.Sample * Layout.Planes) + plane) * InputPlane);
        float* g = Dy + ((((nint)band.Sample * Layout.OutputBlocks) + (2 * pair)) * OutputPlane) + ((nint)band.Row * shape.OutputWidth * ChannelBlocks.Size);
        float* padded = stackalloc float[(band.EndRow - band.Row) * width];
        var windows = Windows(1, shape.StrideWidth, width);
        (windows.Rows, windows.Columns) = (band.EndRow - band.Row, shape.OutputWidth);
        for (int index = taps.First; index < taps.End; index++)
        {
            var tap = Layout.Taps[index];
            int left = Math.Clamp(-tap.Column, 0, width);
            int right = Math.Clamp(shape.Width - tap.Column, left, width);
            for (int row = band.Row; row < band.EndRow; row++)
            {
                float* line = padded + ((row - band.Row) * width);
                int from = (row * shape.StrideHeight) + tap.Row;
                new Span<float>(line, width).Clear();
                if (from >= 0 && from < shape.Height)
                {
                    new ReadOnlySpan<float>(input + ((nint)from * shape.Width) + tap.Column + left, right - left).CopyTo(new Span<float>(line + left, right - left));
                }
            }

            Tiles<TTiles>(pair, run, windows, padded, g, sums + ((index - taps.First) * run * 2 * ChannelBlocks.Size), ref ahead);
        }
    }

    /// <summary>How a band's pixels lie in memory; rows and columns are set for each tap.</summary>
    private readonly GradientWindows Windows(int images, nint xStep, nint xRow) => new()
    {
        Images = images,
        XImage = Layout.Planes * InputPlane,
        XRow = xRow,
        XStep = xStep,
        GImage = Layout.OutputBlocks * OutputPlane,
        GRow = (nint)Layout.Shape.OutputWidth * ChannelBlocks.Size,
        GStep = ChannelBlocks.Size,
        GBlock = OutputPlane,
    };

    /// <summary>Outputs from first to end whose window has the tap inside an input of so many rows (or columns).</summary>
    private static (int First, int End) Inside(int tap, int stride, int size, int first, int end)
    {
        int from = tap >= 0 ? 0 : (-tap + stride - 1) / stride;
        int to = size - tap <= 0 ? 0 : ((size - tap - 1) / stride) + 1;
        return (Math.Max(first, from), Math.Min(end, to));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Tiles<TTiles>(int pair, int channels, in GradientWindows windows, float* source, float* gradient, float* sums, ref BandAhead ahead)
        where TTiles : struct, IConvolutionTiles
    {
        int blocks = Math.Min(2, Layout.OutputBlocks - (2 * pair));
        int parts = (channels + TTiles.Channels - 1) / TTiles.Channels;
        for (int block = 0; block < blocks; block += TTiles.Blocks)
        {
            int together = Math.Min(TTiles.Blocks, blocks - block);
            int channel = 0;
            for (int part = parts; part > 0; part--)
            {
                int some = (channels - channel + part - 1) / part;
                ahead.Fetch();
                float* target = sums + (((channel * 2) + block) * ChannelBlocks.Size);
                TTiles.Gradient(some, together, in windows, source + channel, gradient + (block * windows.GBlock), target, 2 * ChannelBlocks.Size, adds: false);
                channel += some;
            }
        }
    }

    /// <summary>Adds the shards over the fixed tree, neighbors first, and writes the filters' elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Collect(int task, float* partial)
    {
        int length = Layout.PartialLength;
        for (int step = 1; step < Layout.Shards; step *= 2)
        {
            for (int left = 0; left + step < Layout.Shards; left += 2 * step)
            {
                var sum = new Span<float>(partial + (left * length), length);
                ElementWise.Map<AddKernel>(sum, new ReadOnlySpan<float>(partial + ((left + step) * length), length), sum);
            }
        }

        var part = Layout.Part(task);
        for (int pair = part.Pairs.First; pair < part.Pairs.End; pair++)
        {
            for (int plane = part.Planes.First; plane < part.Planes.End; plane++, partial += Layout.PlaneLength)
            {
                WriteFilters(pair, plane, part.Taps, partial);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void WriteFilters(int pair, int plane, (int First, int End) taps, float* sums)
    {
        var shape = Layout.Shape;
        int run = Layout.Run;
        int first = 2 * pair * ChannelBlocks.Size;
        int outputs = Math.Min(2 * ChannelBlocks.Size, shape.Outputs - first);

        // Places in a filter: the numbers of a run are channels in blocks, columns in a planar image.
        int channelStep = shape.IsPlanar ? 1 : shape.FilterArea;
        int numbers = shape.IsPlanar ? run : Math.Min(run, shape.Channels - (plane * ChannelBlocks.Size));
        int tapStep = run * 2 * ChannelBlocks.Size;
        int count = taps.End - taps.First;
        int* places = stackalloc int[count];
        for (int tap = 0; tap < count; tap++)
        {
            places[tap] = Layout.Taps[taps.First + tap].Filter;
        }

        for (int output = 0; output < outputs; output++)
        {
            int channel = shape.IsPlanar ? plane : plane * ChannelBlocks.Size;
            float* target = Filters + ((((nint)(first + output) * shape.Channels) + channel) * shape.FilterArea);
            float* source = sums + output;
            for (int k = 0; k < numbers; k++, target += channelStep, source += 2 * ChannelBlocks.Size)
            {
                for (int tap = 0; tap < count; tap++)
                {
                    target[places[tap]] = source[(nint)tap * tapStep];
                }
            }
        }
    }

    /// <summary>The memory of the next step: input, and output gradient of a pair's blocks.</summary>
    private struct BandAhead
    {
        public MemoryAhead Input;
        public MemoryAhead Gradient;
        public MemoryAhead NextGradient;

        public void Fetch()
        {
            Input.Fetch();
            Gradient.Fetch();
            NextGradient.Fetch();
        }
    }

    /// <summary>Rows of some samples' output gradients.</summary>
    private readonly record struct Band(int Sample, int Images, int Row, int EndRow);
}
