using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>One run of the gradient of 3 x 3 filters by minimal filtering. A task is a part of the filters and a shard of the tiles.</summary>
internal unsafe struct WinogradGradientWork : ITileTask
{
    private const int Size = ChannelBlocks.Size;

    public WinogradGradientLayout Layout;
    public float* X;
    public float* Dy;

    /// <summary>The filters' gradient, written over.</summary>
    public float* Filters;

    /// <summary>The sums of all shards, where there are several.</summary>
    public float* Partials;

    /// <summary><see cref="WinogradGradientLayout.SlotLength"/> floats for every thread.</summary>
    public ThreadSlots Slots;

    public readonly int Tasks => Layout.Parts * Layout.Shards;

    /// <summary>Sums a part over a shard; the only shard's sums become the filters' elements at once.</summary>
    public readonly void Run<TTiles, TLanes>(int task)
        where TTiles : struct, IConvolutionTiles
        where TLanes : struct, ILanes<TLanes>
    {
        float* v = Slots.Take(out int slot);
        float* d = v + (WinogradLayout.Positions * Layout.InputStep);
        float* sums = Layout.Shards == 1 ? d + (WinogradLayout.Positions * Layout.GradientStep) : Partials + ((nint)task * Layout.SumsLength);
        new Span<float>(sums, Layout.SumsLength).Clear();
        (int part, int shard) = Math.DivRem(task, Layout.Shards);
        var (planes, pairs) = Layout.Part(part);
        var (first, end) = Layout.Shard(shard);
        for (; first < end; first += Layout.StretchTiles)
        {
            int count = Math.Min(Layout.StretchTiles, end - first);
            WinogradInputs.Transform<TLanes>(Layout.Forward, X, first, count, planes, v, Layout.StretchTiles * Size, Layout.InputStep);
            TransformGradients<TLanes>(first, count, pairs, d);
            for (int position = 0; position < WinogradLayout.Positions; position++)
            {
                Multiply<TTiles>(count, planes, pairs, v + (position * Layout.InputStep), d + (position * Layout.GradientStep), sums + (position * Layout.SumStep));
            }
        }

        if (Layout.Shards == 1)
        {
            for (int pair = pairs.First; pair < pairs.End; pair++)
            {
                for (int plane = planes.First; plane < planes.End; plane++)
                {
                    WriteFilters<TLanes>(pair, plane, sums + Layout.Cell(pair - pairs.First, plane - planes.First));
                }
            }
        }

        Slots.GiveBack(slot);
    }

    /// <summary>d[position][block][tile][16 outputs] of a stretch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void TransformGradients<TLanes>(int first, int count, (int First, int End) pairs, float* d)
        where TLanes : struct, ILanes<TLanes>
    {
        var forward = Layout.Forward;
        (int height, int width) = forward.Output;
        int end = Math.Min(2 * pairs.End, forward.OutputBlocks);
        for (int block = 2 * pairs.First; block < end; block++, d += Layout.StretchTiles * Size)
        {
            var tile = forward.TileAt(first);
            float* target = d;
            for (int t = 0; t < count; t++, target += Size)
            {
                (int row, int column) = (2 * tile.Row, 2 * tile.Column);
                float* y = Dy + ((((((nint)tile.Sample * forward.OutputBlocks) + block) * height * width) + ((nint)row * width) + column) * Size);
                float* below = y + ((nint)width * Size);
                bool hasRight = column + 1 < width, hasBelow = row + 1 < height;
                for (int lane = 0; lane < Size; lane += TLanes.Count)
                {
                    TLanes none = TLanes.Create(0);
                    WinogradTransforms.Gradient(
                        (TLanes.Load(ref y[lane]),
                        hasRight ? TLanes.Load(ref y[lane + Size]) : none,
                        hasBelow ? TLanes.Load(ref below[lane]) : none,
                        hasRight && hasBelow ? TLanes.Load(ref below[lane + Size]) : none),
                        target + lane,
                        Layout.GradientStep);
                }

                tile.Next(forward.TileRows, forward.TileColumns);
            }
        }
    }

    /// <summary>Adds the products of a position, summed over a stretch, to the sums.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply<TTiles>(int count, (int First, int End) planes, (int First, int End) pairs, float* v, float* d, float* sums)
        where TTiles : struct, IConvolutionTiles
    {
        nint plane = (nint)Layout.StretchTiles * Size;
        float* memory = stackalloc float[WinogradGradientLayout.CellLength + Size];
        float* cell = (float*)(((nuint)memory + 63) & ~(nuint)63);
        var stretch = new Span<float>(cell, WinogradGradientLayout.CellLength);
        for (int pair = 0; pair < pairs.End - pairs.First; pair++, d += 2 * plane)
        {
            int blocks = Math.Min(2, Layout.Forward.OutputBlocks - (2 * (pair + pairs.First)));
            for (int p = 0; p < planes.End - planes.First; p++)
            {
                float* target = sums + Layout.Cell(pair, p);
                if (!Layout.SumsStretches)
                {
                    Multiply<TTiles>(count, blocks, v + (p * plane), d, target);
                    continue;
                }

                stretch.Clear();
                Multiply<TTiles>(count, blocks, v + (p * plane), d, cell);
                var sum = new Span<float>(target, WinogradGradientLayout.CellLength);
                ElementWise.Map<AddKernel>(sum, stretch, sum);
            }
        }
    }

    /// <summary>cell[channel][32 outputs] += the products of a plane and one or two blocks, chain by chain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply<TTiles>(int count, int blocks, float* v, float* d, float* cell)
        where TTiles : struct, IConvolutionTiles
    {
        nint plane = (nint)Layout.StretchTiles * Size;
        var tiles = new GradientWindows { Images = 1, Rows = 1, XStep = Size, GStep = Size, GBlock = plane };
        for (int block = 0; block < blocks; block += TTiles.Blocks)
        {
            int together = Math.Min(TTiles.Blocks, blocks - block);
            int channel = 0;
            for (int part = (Size + TTiles.Channels - 1) / TTiles.Channels; part > 0; part--)
            {
                int some = (Size - channel + part - 1) / part;
                float* target = cell + (((2 * channel) + block) * Size);
                float* x = v + channel;
                float* g = d + (block * plane);
                for (int left = count; left > 0; left -= Layout.ChainTiles, x += Layout.ChainTiles * Size, g += Layout.ChainTiles * Size)
                {
                    tiles.Columns = Math.Min(Layout.ChainTiles, left);
                    TTiles.Gradient(some, together, in tiles, x, g, target, 2 * Size, adds: true);
                }

                channel += some;
            }
        }
    }

    /// <summary>The elements of the filters of a pair and plane from their sums.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void WriteFilters<TLanes>(int pair, int plane, float* sums)
        where TLanes : struct, ILanes<TLanes>
    {
        const int area = 9, width = 2 * Size;
        var shape = Layout.Shape;
        int first = pair * width;
        int outputs = Math.Min(width, shape.Outputs - first);
        int channels = Math.Min(Size, shape.Channels - (plane * Size));
        float* elements = stackalloc float[area * width];
        for (int channel = 0; channel < channels; channel++, sums += width)
        {
            for (int lane = 0; lane < width; lane += TLanes.Count)
            {
                WinogradTransforms.FilterGradient<TLanes>(sums + lane, Layout.SumStep, elements + lane, width);
            }

            float* target = Filters + ((((nint)first * shape.Channels) + (plane * Size) + channel) * area);
            for (int output = 0; output < outputs; output++, target += (nint)shape.Channels * area)
            {
                float* source = elements + output;
                for (int element = 0; element < area; element++)
                {
                    target[element] = source[element * width];
                }
            }
        }
    }
}
