namespace MedTune.Tensors;

/// <summary>The sizes of images in the blocked layout.</summary>
/// <param name="Batch">Samples.</param>
/// <param name="Channels">Channels in use.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct BlockedImage(int Batch, int Channels, int Height, int Width)
{
    /// <summary>Blocks of 16 channels.</summary>
    public int Blocks => ChannelBlocks.Count(Channels);

    /// <summary>Pixels of a plane.</summary>
    public int Area => Height * Width;

    /// <summary>Floats of a block's plane.</summary>
    public int PlaneLength => Area * ChannelBlocks.Size;

    /// <summary>Floats in all.</summary>
    public int Length => checked(Batch * Blocks * PlaneLength);
}
