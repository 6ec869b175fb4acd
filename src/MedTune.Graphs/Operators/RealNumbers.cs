using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Numbers of any type read as doubles and written from doubles, for operators whose sums are in double.</summary>
internal static class RealNumbers
{
    /// <summary>Copies all elements of a value.</summary>
    public delegate void Reading(Span<double> destination);

    /// <summary>Writes all elements of a value.</summary>
    public delegate void Writing(ReadOnlySpan<double> source);

    /// <summary>Reads an input.</summary>
    public static Reading Of(KernelContext context, int input) => context.ElementOf(input) switch
    {
        ElementType.Float => Read<float>(context, input),
        ElementType.Double => Read<double>(context, input),
        ElementType.Int64 => Read<long>(context, input),
        ElementType.Int32 => Read<int>(context, input),
        var other => throw context.Unsupported(other),
    };

    /// <summary>Writes an output.</summary>
    public static Writing To(KernelContext context, int output = 0) => context.OutputElement(output) switch
    {
        ElementType.Float => Write<float>(context, output),
        ElementType.Double => Write<double>(context, output),
        ElementType.Int64 => Write<long>(context, output),
        ElementType.Int32 => Write<int>(context, output),
        var other => throw context.Unsupported(other),
    };

    private static Reading Read<T>(KernelContext context, int input)
        where T : unmanaged, INumber<T>
    {
        var x = context.Input<T>(input);
        return destination =>
        {
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = double.CreateTruncating(x[i]);
            }
        };
    }

    private static Writing Write<T>(KernelContext context, int output)
        where T : unmanaged, INumber<T>
    {
        var y = context.Output<T>(output);
        return source =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                y[i] = T.CreateSaturating(source[i]);
            }
        };
    }
}
