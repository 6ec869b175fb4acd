using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>The windows of a pooling over blocked images.</summary>
public sealed record PoolWindows
{
    /// <summary>The images.</summary>
    public required BlockedImage Image { get; init; }

    /// <summary>Rows of windows.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of windows.</summary>
    public required int Width { get; init; }

    /// <summary>Rows and columns of a window.</summary>
    public (int Rows, int Columns) Extent { get; init; } = (1, 1);

    /// <summary>Steps between windows.</summary>
    public (int Rows, int Columns) Stride { get; init; } = (1, 1);

    /// <summary>Steps inside a window.</summary>
    public (int Rows, int Columns) Dilation { get; init; } = (1, 1);

    /// <summary>Padding before the first row and column.</summary>
    public (int Top, int Left) Padding { get; init; }

    /// <summary>Padding after the last row and column; it counts only for <see cref="CountsPadding"/>.</summary>
    public (int Bottom, int Right) EndPadding { get; init; }

    /// <summary>Whether a mean divides by all of a window that lies in the image or its padding, or only by what lies in the image.</summary>
    public bool CountsPadding { get; init; }

    internal (int First, int End, int Step) Rows(int row) => Inside((row * Stride.Rows) - Padding.Top, Extent.Rows, Dilation.Rows, Image.Height);

    internal (int First, int End, int Step) Columns(int column) => Inside((column * Stride.Columns) - Padding.Left, Extent.Columns, Dilation.Columns, Image.Width);

    internal float Divisor(int row, int column) =>
        Count((row * Stride.Rows) - Padding.Top, Extent.Rows, Dilation.Rows, Image.Height, (Padding.Top, EndPadding.Bottom))
        * Count((column * Stride.Columns) - Padding.Left, Extent.Columns, Dilation.Columns, Image.Width, (Padding.Left, EndPadding.Right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int First, int End, int Step) Inside(int start, int extent, int dilation, int size)
    {
        int skipped = start >= 0 ? 0 : (-start + dilation - 1) / dilation;
        return (start + (skipped * dilation), Math.Min(size, start + ((extent - 1) * dilation) + 1), dilation);
    }

    private int Count(int start, int extent, int dilation, int size, (int Before, int After) padding)
    {
        var (first, end, step) = CountsPadding
            ? Inside(start + padding.Before, extent, dilation, size + padding.Before + padding.After)
            : Inside(start, extent, dilation, size);
        return Math.Max(0, (end - first + step - 1) / step);
    }
}
