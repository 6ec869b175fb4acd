using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>Rectangles of one block of an image with zeros where they reach beyond it, normalized on the way where that is asked for.</summary>
internal static unsafe class PaddedBlock
{
    private const int Size = ChannelBlocks.Size;

    /// <summary>Copies a rectangle. Rows are short, so calls for each would cost more than the copying.</summary>
    /// <param name="x">Row 0 of the block's image.</param>
    /// <param name="image">Rows and columns of the image.</param>
    /// <param name="first">The rectangle's first row and column, perhaps before the image's.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="reading">What is made of the pixels; not of the zeros around them.</param>
    /// <param name="block">The block of channels.</param>
    /// <param name="copy">rows · columns pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<TLanes>(float* x, (int Height, int Width) image, (int Row, int Column) first, int rows, int columns, in HeldNormalization reading, int block, float* copy)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Create(0);
        int left = Math.Clamp(-first.Column, 0, columns) * Size;
        int right = Math.Clamp(image.Width - first.Column, left / Size, columns) * Size;
        int length = columns * Size;
        for (int r = first.Row; r < first.Row + rows; r++, copy += length)
        {
            bool isInside = r >= 0 && r < image.Height;
            (int from, int to) = isInside ? (left, right) : (length, length);
            float* source = x + ((((nint)r * image.Width) + first.Column) * Size);
            int i = 0;
            for (; i < from; i += TLanes.Count)
            {
                zero.Store(ref copy[i]);
            }

            if (reading.IsNeeded)
            {
                reading.Copy<TLanes>(source + i, block, (to - i) / Size, copy + i);
                i = to;
            }

            for (; i < to; i += TLanes.Count)
            {
                TLanes.Load(ref source[i]).Store(ref copy[i]);
            }

            for (; i < length; i += TLanes.Count)
            {
                zero.Store(ref copy[i]);
            }
        }
    }
}
