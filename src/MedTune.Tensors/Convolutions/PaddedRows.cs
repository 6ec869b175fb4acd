using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>Rectangles of an image with zeros where they reach beyond it, so that loops over windows need no cases for the edges.</summary>
internal static unsafe class PaddedRows
{
    /// <summary>Copies a rectangle.</summary>
    /// <param name="image">Row 0 of the image.</param>
    /// <param name="size">Rows and columns of the image.</param>
    /// <param name="unit">Floats of a pixel.</param>
    /// <param name="row">The rectangle's first row, perhaps before the image's.</param>
    /// <param name="column">Its first column.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="destination">rows * columns pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* image, (int Height, int Width) size, int unit, int row, int column, int rows, int columns, float* destination)
    {
        int left = Math.Clamp(-column, 0, columns) * unit;
        int end = Math.Clamp(size.Width - column, 0, columns) * unit;
        int length = columns * unit;
        for (int r = row; r < row + rows; r++, destination += length)
        {
            if (r < 0 || r >= size.Height || end <= left)
            {
                new Span<float>(destination, length).Clear();
                continue;
            }

            float* source = image + ((((nint)r * size.Width) + column) * unit);
            new Span<float>(destination, left).Clear();
            new ReadOnlySpan<float>(source + left, end - left).CopyTo(new Span<float>(destination + left, end - left));
            new Span<float>(destination + end, length - end).Clear();
        }
    }
}
