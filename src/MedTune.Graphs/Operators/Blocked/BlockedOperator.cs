using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// An operator on images in the blocked layout [N, ceil(C / 16), H, W, 16], in float only. <see cref="BlockedLayout"/> puts it in the place of an ONNX
/// operator, which is its reference; so it has no cases of its own, and the tests compare whole graphs with and without the layout.
/// </summary>
internal abstract class BlockedOperator : Operator
{
    public sealed override string Domain => InternalDomain;

    public sealed override IEnumerable<OperatorCase> Cases => [];

    /// <summary>The type of blocked images.</summary>
    protected static TensorType Blocked(int batch, int channels, int height, int width) =>
        new(ElementType.Float, [batch, ChannelBlocks.Count(channels), height, width, ChannelBlocks.Size]);

    /// <summary>The sizes of the images an input holds; the channels are those of whole blocks.</summary>
    protected static BlockedImage ImageOf(Shape shape) => new(shape[0], shape[1] * ChannelBlocks.Size, shape[2], shape[3]);
}
