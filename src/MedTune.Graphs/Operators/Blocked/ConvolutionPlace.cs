using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>How a blocked convolution's node says that its output is a part of a wider tensor: an attribute of the first block and all blocks.</summary>
internal static class ConvolutionPlace
{
    private const string Name = "place";

    /// <summary>The place of a node's output; default where it stands alone.</summary>
    public static BlockPlace Of(Attributes attributes) => attributes.Has(Name) && attributes.Ints(Name) is [var first, var all] ? new BlockPlace((int)first, (int)all) : default;

    /// <summary>The attributes with a place.</summary>
    public static Attributes With(Attributes attributes, BlockPlace place) => attributes.With(Name, ImmutableArray.Create<long>(place.First, place.All));
}
