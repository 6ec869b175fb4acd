using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>Transformed inputs of a stretch of tiles.</summary>
internal static unsafe class WinogradInputs
{
    private const int Size = ChannelBlocks.Size;

    /// <summary>v[position][plane][tile][16 channels].</summary>
    /// <param name="layout">The sizes.</param>
    /// <param name="x">The blocked images of the batch.</param>
    /// <param name="first">The first tile.</param>
    /// <param name="count">Number of tiles.</param>
    /// <param name="planes">From the first to before the end.</param>
    /// <param name="v">Where the first plane's position 0 goes.</param>
    /// <param name="planeStep">Floats from one plane to the next.</param>
    /// <param name="step">Floats from one position to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform<TLanes>(WinogradLayout layout, float* x, int first, int count, (int First, int End) planes, float* v, nint planeStep, nint step)
        where TLanes : struct, ILanes<TLanes>
    {
        (int height, int width) = layout.Input;
        nint plane = (nint)height * width * Size;
        float* memory = stackalloc float[(WinogradLayout.Positions + 1) * Size];
        float* edge = (float*)(((nuint)memory + 63) & ~(nuint)63);
        for (int p = planes.First; p < planes.End; p++, v += planeStep)
        {
            float* target = v;
            var tile = layout.TileAt(first);
            for (int t = 0; t < count; t++, target += Size)
            {
                (int row, int column) = ((2 * tile.Row) - layout.Padding.Top, (2 * tile.Column) - layout.Padding.Left);
                float* source = x + ((((nint)tile.Sample * layout.Planes) + p) * plane) + ((((nint)row * width) + column) * Size);
                if (row >= 0 && column >= 0 && row + 4 <= height && column + 4 <= width)
                {
                    WinogradTransforms.Input<TLanes>(source, (nint)width * Size, target, step);
                }
                else
                {
                    CopyEdge(layout.Input, source, row, column, edge);
                    WinogradTransforms.Input<TLanes>(edge, 4 * Size, target, step);
                }

                tile.Next(layout.TileRows, layout.TileColumns);
            }
        }
    }

    /// <summary>4 x 4 pixels, zero where they lie outside.</summary>
    private static void CopyEdge((int Height, int Width) input, float* x, int row, int column, float* edge)
    {
        for (int r = 0; r < 4; r++)
        {
            for (int c = 0; c < 4; c++, edge += Size)
            {
                bool isInside = row + r >= 0 && row + r < input.Height && column + c >= 0 && column + c < input.Width;
                var pixel = new Span<float>(edge, Size);
                if (isInside)
                {
                    new ReadOnlySpan<float>(x + ((((nint)r * input.Width) + c) * Size), Size).CopyTo(pixel);
                }
                else
                {
                    pixel.Clear();
                }
            }
        }
    }
}
