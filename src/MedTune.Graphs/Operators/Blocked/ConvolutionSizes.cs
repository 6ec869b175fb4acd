using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>How a blocked convolution's node carries its sizes: one list attribute.</summary>
internal static class ConvolutionSizes
{
    private const string Name = "sizes";

    /// <summary>The attributes of a node with these sizes.</summary>
    public static Attributes Write(ConvolutionShape shape) => Write(Attributes.None, Name, shape);

    /// <summary>The attributes with these sizes under a name.</summary>
    public static Attributes Write(Attributes attributes, string name, ConvolutionShape shape) => attributes.With(name, ImmutableArray.Create<long>(
        shape.Batch,
        shape.Channels,
        shape.Height,
        shape.Width,
        shape.Outputs,
        shape.OutputHeight,
        shape.OutputWidth,
        shape.FilterHeight,
        shape.FilterWidth,
        shape.StrideHeight,
        shape.StrideWidth,
        shape.DilationHeight,
        shape.DilationWidth,
        shape.PadTop,
        shape.PadLeft,
        shape.IsPlanar ? 1 : 0,
        shape.IsDirect ? 1 : 0));

    /// <summary>The sizes of a node.</summary>
    /// <param name="attributes">The node's attributes.</param>
    /// <param name="name">Where the sizes stand.</param>
    public static ConvolutionShape Read(Attributes attributes, string name = Name)
    {
        int[] sizes = [.. attributes.Ints(name).Select(size => (int)size)];
        return new ConvolutionShape
        {
            Batch = sizes[0],
            Channels = sizes[1],
            Height = sizes[2],
            Width = sizes[3],
            Outputs = sizes[4],
            OutputHeight = sizes[5],
            OutputWidth = sizes[6],
            FilterHeight = sizes[7],
            FilterWidth = sizes[8],
            StrideHeight = sizes[9],
            StrideWidth = sizes[10],
            DilationHeight = sizes[11],
            DilationWidth = sizes[12],
            PadTop = sizes[13],
            PadLeft = sizes[14],
            IsPlanar = sizes[15] == 1,
            IsDirect = sizes[16] == 1,
        };
    }

    /// <summary>The sizes of a Conv of x [N, C, (H,) W] by w [M, C, (kernel height,) kernel width]; default for one it does not cover.</summary>
    public static ConvolutionShape? Of(Attributes attributes, Shape x, Shape w, Func<string, InvalidGraphException> error)
    {
        int axes = x.Rank - 2;
        if (axes is not (1 or 2))
        {
            return null;
        }

        var windows = new Windows(attributes, [.. w.Extents[2..]], error);
        var columns = windows.Fit(axes - 1, x[axes + 1]);
        var rows = axes == 2 ? windows.Fit(0, x[2]) : (Count: 1, Begin: 0, End: 0);
        return new ConvolutionShape
        {
            Batch = x[0],
            Channels = x[1],
            Height = axes == 2 ? x[2] : 1,
            Width = x[axes + 1],
            Outputs = w[0],
            OutputHeight = rows.Count,
            OutputWidth = columns.Count,
            FilterHeight = axes == 2 ? w[2] : 1,
            FilterWidth = w[axes + 1],
            StrideHeight = axes == 2 ? windows.Stride(0) : 1,
            StrideWidth = windows.Stride(axes - 1),
            DilationHeight = axes == 2 ? windows.Dilation(0) : 1,
            DilationWidth = windows.Dilation(axes - 1),
            PadTop = rows.Begin,
            PadLeft = columns.Begin,
        };
    }
}
