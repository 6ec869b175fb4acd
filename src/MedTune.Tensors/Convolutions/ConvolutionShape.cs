namespace MedTune.Tensors;

/// <summary>The sizes of a two-dimensional convolution without groups. One dimension is a height of 1.</summary>
public sealed record ConvolutionShape
{
    /// <summary>Samples of the batch.</summary>
    public required int Batch { get; init; }

    /// <summary>Channels of the input.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows of the input.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of the input.</summary>
    public required int Width { get; init; }

    /// <summary>Channels of the output.</summary>
    public required int Outputs { get; init; }

    /// <summary>Rows of the output.</summary>
    public required int OutputHeight { get; init; }

    /// <summary>Columns of the output.</summary>
    public required int OutputWidth { get; init; }

    /// <summary>Rows of a filter.</summary>
    public required int FilterHeight { get; init; }

    /// <summary>Columns of a filter.</summary>
    public required int FilterWidth { get; init; }

    /// <summary>Input rows from one output row to the next; 1 by default.</summary>
    public int StrideHeight { get; init; } = 1;

    /// <summary>Input columns from one output column to the next; 1 by default.</summary>
    public int StrideWidth { get; init; } = 1;

    /// <summary>Input rows from one filter row to the next; 1 by default.</summary>
    public int DilationHeight { get; init; } = 1;

    /// <summary>Input columns from one filter column to the next; 1 by default.</summary>
    public int DilationWidth { get; init; } = 1;

    /// <summary>Rows of zeros before the first input row; 0 by default. Those after the last follow from the output's height.</summary>
    public int PadTop { get; init; }

    /// <summary>Columns of zeros before the first input column; 0 by default.</summary>
    public int PadLeft { get; init; }

    /// <summary>Whether the input is [N, C, H, W] as it stands (few channels, such as a photo's three) and not blocked.</summary>
    public bool IsPlanar { get; init; }

    /// <summary>Whether plain sums are wanted even where minimal filtering would do: its weights take 16/9 of the memory, which costs more than it saves where few pixels use them.</summary>
    public bool IsDirect { get; init; }

    /// <summary>Numbers of one filter's plane.</summary>
    public int FilterArea => FilterHeight * FilterWidth;

    /// <summary>Multiply-adds of the forward, of the input gradient and of the weight gradient alike.</summary>
    public double Products => (double)Batch * Outputs * OutputHeight * OutputWidth * Channels * FilterArea;

    /// <summary>Elements of the input as it lies in memory.</summary>
    public int InputLength => checked(Batch * (IsPlanar ? Channels : ChannelBlocks.Padded(Channels)) * Height * Width);

    /// <summary>Elements of the blocked output.</summary>
    public int OutputLength => checked(Batch * ChannelBlocks.Padded(Outputs) * OutputHeight * OutputWidth);
}
