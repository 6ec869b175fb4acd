using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>One run of a convolution by minimal filtering: transform the inputs, multiply position by position, transform back. A task is a stretch of tiles for a group of output pairs.</summary>
internal unsafe struct WinogradWork : ITileTask
{
    private const int Size = ChannelBlocks.Size;

    public WinogradLayout Layout;
    public float* X;
    public float* W;
    public float* Y;

    /// <summary>Blocks from one sample's output to the next's.</summary>
    public int SampleBlocks;

    /// <summary>What is done to a sum before it is stored.</summary>
    public ConvolutionFinish Finish;

    /// <summary>How many tasks share the output pairs of a stretch.</summary>
    public int Groups;

    /// <summary><see cref="WinogradLayout.SlotLength"/> floats for every thread.</summary>
    public ThreadSlots Slots;

    public readonly int Tasks => Layout.Bands * Groups;

    /// <summary>Runs a task with the tiles and lanes of one instruction set.</summary>
    public readonly void Run<TTiles, TLanes>(int task)
        where TTiles : struct, IConvolutionTiles
        where TLanes : struct, ILanes<TLanes>
    {
        float* v = Slots.Take(out int slot);
        float* m = v + Layout.InputsLength;
        (int band, int group) = Math.DivRem(task, Groups);
        int first = band * Layout.BandTiles;
        int count = Math.Min(Layout.BandTiles, Layout.Tiles - first);
        var pairs = (First: Layout.Pairs * group / Groups, End: Layout.Pairs * (group + 1) / Groups);
        if (count > 0)
        {
            WinogradInputs.Transform<TLanes>(Layout, X, first, count, (0, Layout.Planes), v, Layout.BandTiles * Size, Layout.Planes * Layout.BandTiles * Size);
            for (int position = 0; position < WinogradLayout.Positions; position++)
            {
                Multiply<TTiles>(position, count, pairs, v, m);
            }

            for (int block = 2 * pairs.First; block < Math.Min(2 * pairs.End, Layout.OutputBlocks); block++)
            {
                TransformBack<TLanes>(first, count, block, m + ((nint)(block - (2 * pairs.First)) * Layout.BandTiles * Size), 2 * (pairs.End - pairs.First));
            }
        }

        Slots.GiveBack(slot);
    }

    /// <summary>m[position][block][tile][16 outputs] = sum over channels of v and the transformed weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Multiply<TTiles>(int position, int count, (int First, int End) pairs, float* v, float* m)
        where TTiles : struct, IConvolutionTiles
    {
        nint tiles = (nint)Layout.BandTiles * Size;
        float* x = v + (position * Layout.Planes * tiles);
        float* w = W + ((nint)position * Layout.PositionWeights);
        float* y = m + (position * 2 * (pairs.End - pairs.First) * tiles);
        for (int pair = pairs.First; pair < pairs.End; pair++, y += 2 * tiles)
        {
            int blocks = Math.Min(2, Layout.OutputBlocks - (2 * pair));
            PixelProduct.Run<TTiles>(x, tiles, Layout.Planes, 1, count, w + ((nint)pair * Layout.Planes * Size * 2 * Size), W + Layout.Weights, y, tiles, blocks, in ConvolutionFinish.None);
        }
    }

    /// <summary>Products of a block to finished outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void TransformBack<TLanes>(int first, int count, int block, float* m, int blocks)
        where TLanes : struct, ILanes<TLanes>
    {
        (int height, int width) = Layout.Output;
        nint step = (nint)blocks * Layout.BandTiles * Size;
        for (int lane = 0; lane < Size; lane += TLanes.Count)
        {
            var finish = Finish.For<TLanes>(block, lane);
            var tile = Layout.TileAt(first);
            float* products = m + lane;
            for (int t = 0; t < count; t++, products += Size)
            {
                (int row, int column) = (2 * tile.Row, 2 * tile.Column);
                nint place = ((((((nint)tile.Sample * SampleBlocks) + block) * height * width) + ((nint)row * width) + column) * Size) + lane;
                nint below = place + ((nint)width * Size);
                bool hasRight = column + 1 < width, hasBelow = row + 1 < height;
                var outputs = WinogradTransforms.Output<TLanes>(products, step);
                finish.Store(outputs.First, Y, place);
                if (hasRight)
                {
                    finish.Store(outputs.Right, Y, place + Size);
                }

                if (hasBelow)
                {
                    finish.Store(outputs.Below, Y, below);
                }

                if (hasRight && hasBelow)
                {
                    finish.Store(outputs.Last, Y, below + Size);
                }

                tile.Next(Layout.TileRows, Layout.TileColumns);
            }
        }
    }
}
