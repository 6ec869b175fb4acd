using System.Collections.Immutable;

namespace MedTune.Tensors;

/// <summary>
/// A convolution with a step of its own in the output: each output of a regular grid is a sum over taps. A forward is one pass; the input gradient of
/// a convolution with strides is one pass for each remainder, because neighboring inputs were met by different parts of the filter.
/// </summary>
internal sealed record ConvolutionPass
{
    /// <summary>Rows of the grid.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of the grid.</summary>
    public required int Columns { get; init; }

    /// <summary>Where the grid starts in the output, and its steps.</summary>
    public (int Row, int Column, int RowStep, int ColumnStep) Output { get; init; } = (0, 0, 1, 1);

    /// <summary>Input rows and columns from one window to the next.</summary>
    public (int Row, int Column) Step { get; init; } = (1, 1);

    /// <summary>What a window reads from each plane.</summary>
    public required ImmutableArray<ConvolutionTap> Taps { get; init; }

    /// <summary>Consecutive numbers of a tap: 16 channels of a blocked plane, or columns of a planar one.</summary>
    public required int Run { get; init; }

    /// <summary>Columns the run of a tap covers.</summary>
    public int RunColumns { get; init; } = 1;

    /// <summary>The one pass of a forward.</summary>
    public static ConvolutionPass Forward(ConvolutionShape shape)
    {
        // In a planar image a whole row of the filter is one run where it has no gaps.
        bool isRun = shape.IsPlanar && shape.DilationWidth == 1;
        var taps = ImmutableArray.CreateBuilder<ConvolutionTap>();
        for (int row = 0; row < shape.FilterHeight; row++)
        {
            for (int column = 0; column < (isRun ? 1 : shape.FilterWidth); column++)
            {
                taps.Add(new((row * shape.DilationHeight) - shape.PadTop, (column * shape.DilationWidth) - shape.PadLeft, (row * shape.FilterWidth) + column));
            }
        }

        return new ConvolutionPass
        {
            Rows = shape.OutputHeight,
            Columns = shape.OutputWidth,
            Step = (shape.StrideHeight, shape.StrideWidth),
            Taps = taps.ToImmutable(),
            Run = isRun ? shape.FilterWidth : shape.IsPlanar ? 1 : ChannelBlocks.Size,
            RunColumns = isRun ? shape.FilterWidth : 1,
        };
    }

    /// <summary>The passes of an input gradient: from the output's gradient to the input's. A pass without taps writes zeros.</summary>
    public static IEnumerable<ConvolutionPass> InputGradient(ConvolutionShape shape)
    {
        for (int row = 0; row < Math.Min(shape.StrideHeight, shape.Height); row++)
        {
            for (int column = 0; column < Math.Min(shape.StrideWidth, shape.Width); column++)
            {
                yield return InputGradient(shape, row, column);
            }
        }
    }

    /// <summary>Input row h met filter row f in output row (h + pad - f * dilation) / stride, where that is whole.</summary>
    private static ConvolutionPass InputGradient(ConvolutionShape shape, int firstRow, int firstColumn)
    {
        var taps = ImmutableArray.CreateBuilder<ConvolutionTap>();
        for (int row = 0; row < shape.FilterHeight; row++)
        {
            for (int column = 0; column < shape.FilterWidth; column++)
            {
                (int dy, int restRow) = Math.DivRem(firstRow + shape.PadTop - (row * shape.DilationHeight), shape.StrideHeight);
                (int dx, int restColumn) = Math.DivRem(firstColumn + shape.PadLeft - (column * shape.DilationWidth), shape.StrideWidth);
                if (restRow == 0 && restColumn == 0)
                {
                    taps.Add(new(dy, dx, (row * shape.FilterWidth) + column));
                }
            }
        }

        return new ConvolutionPass
        {
            Rows = (shape.Height - firstRow + shape.StrideHeight - 1) / shape.StrideHeight,
            Columns = (shape.Width - firstColumn + shape.StrideWidth - 1) / shape.StrideWidth,
            Output = (firstRow, firstColumn, shape.StrideHeight, shape.StrideWidth),
            Taps = taps.ToImmutable(),
            Run = ChannelBlocks.Size,
        };
    }
}
