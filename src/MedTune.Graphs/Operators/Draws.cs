using System.Collections.Immutable;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// What ONNX's drawing operators draw with: our counter-based generator, seeded by the node's <c>seed</c>, or without one by the name of its output. The same
/// model draws the same numbers in every run, whatever the threads; another runtime draws others, with the same seed too.
/// </summary>
internal static class Draws
{
    /// <summary>The numbers of a node.</summary>
    public static Philox Of(Node node)
    {
        if (node.Attributes.Has("seed"))
        {
            return new Philox(BitConverter.SingleToUInt32Bits(node.Attributes.Float("seed", 0)), RandomPurpose.Drawing, 1);
        }

        // The hash of Fowler, Noll and Vo over the name's characters.
        ulong hash = 14695981039346656037;
        foreach (char letter in node.Outputs[0])
        {
            hash = unchecked((hash ^ letter) * 1099511628211);
        }

        return new Philox(hash, RandomPurpose.Drawing, 0);
    }

    /// <summary>The type that the attribute dtype asks for, Float or Double.</summary>
    public static ElementType TypeOf(ShapeContext context, ElementType otherwise) =>
        (ElementType)context.Attributes.Int("dtype", (long)otherwise) is (ElementType.Float or ElementType.Double) and var type
            ? type
            : throw context.Error("it draws Float or Double numbers only.");

    /// <summary>A delegate that writes a number for each element of the output.</summary>
    public static Action Each(KernelContext context, Func<ulong, double> draw) => context.OutputElement() switch
    {
        ElementType.Float => Fill<float>(context, draw),
        ElementType.Double => Fill<double>(context, draw),
        var other => throw context.Unsupported(other),
    };

    /// <summary>A shape that the attribute <c>shape</c> lists.</summary>
    public static ImmutableArray<Dimension> ShapeOf(ShapeContext context) =>
        context.Attributes.Ints("shape") is { IsDefault: false } shape && shape.Length <= ShapeContext.LongestShape && shape.All(extent => extent is >= 0 and <= int.MaxValue)
            ? [.. shape.Select(extent => Dimension.FromValue((int)extent))]
            : throw context.Error("its attribute 'shape' must list the extents of its output.");

    private static Action Fill<T>(KernelContext context, Func<ulong, double> draw)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var y = context.Output<T>();
        return Chunks.Over(
            context.Pool,
            y.Length,
            (start, length) =>
            {
                for (int i = start; i < start + length; i++)
                {
                    y[i] = T.CreateTruncating(draw((ulong)i));
                }
            },
            unit: 8);
    }
}
