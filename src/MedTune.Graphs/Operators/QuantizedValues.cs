using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Reading and writing 8-bit values that stand for numbers: scale times (value - zero point).</summary>
internal static class QuantizedValues
{
    /// <summary>Reads elements from a start on, less a zero point.</summary>
    public delegate void Widening(int start, int zero, Span<int> destination);

    /// <summary>Writes an element: rounded to the nearest whole number (even of two), moved by the zero point, and held within the type's range.</summary>
    public delegate void Writing(int place, double value, int zero);

    /// <summary>How an integer input is read.</summary>
    public static Widening Reader(KernelContext context, int input) => context.ElementOf(input) switch
    {
        ElementType.UInt8 => Reader<byte>(context, input),
        ElementType.Int8 => Reader<sbyte>(context, input),
        ElementType.Int32 => Reader<int>(context, input),
        var other => throw context.Unsupported(other),
    };

    /// <summary>The elements of an input of zero points, where one serves all places; 0 when it is left out.</summary>
    public static Func<int, int> Zeros(KernelContext context, int input) => !context.Has(input) ? _ => 0 : context.ElementOf(input) switch
    {
        ElementType.UInt8 => Single<byte, int>(context, input),
        ElementType.Int8 => Single<sbyte, int>(context, input),
        ElementType.Int32 => Single<int, int>(context, input),
        var other => throw context.Unsupported(other),
    };

    /// <summary>The elements of an input of scales, where one serves all places.</summary>
    public static Func<int, double> Scales(KernelContext context, int input) => context.ElementOf(input) switch
    {
        ElementType.Float => Single<float, double>(context, input),
        ElementType.Double => Single<double, double>(context, input),
        var other => throw context.Unsupported(other),
    };

    /// <summary>How an 8-bit output is written.</summary>
    public static Writing Writer(KernelContext context) => context.OutputElement() switch
    {
        ElementType.UInt8 => Writer<byte>(context, byte.MinValue, byte.MaxValue),
        ElementType.Int8 => Writer<sbyte>(context, sbyte.MinValue, sbyte.MaxValue),
        var other => throw context.Unsupported(other),
    };

    /// <summary>A number as the nearest whole one, within a range; no number is 0.</summary>
    public static int Rounded(double value, int zero, int lowest, int highest) =>
        double.IsNaN(value) ? zero : (int)Math.Clamp(Math.Round(value, MidpointRounding.ToEven) + zero, lowest, highest);

    /// <summary>Refuses a scale or zero point that has neither one element nor one per channel.</summary>
    public static void CheckLength(ShapeContext context, int input, Dimension channels)
    {
        if (context.Has(input) && context.Input(input) is { HasRank: true } type &&
            (type.Rank > 1 || (type.Rank == 1 && type.Dimensions[0].Value is int length && length != 1 && channels.Value is int wanted && length != wanted)))
        {
            throw context.Error($"its input {input} ('{context.Node.Inputs[input]}') is {type}; one value, or one for each of {channels}, was expected.");
        }
    }

    private static Widening Reader<T>(KernelContext context, int input)
        where T : unmanaged, INumber<T>
    {
        var x = context.Input<T>(input);
        return (start, zero, destination) =>
        {
            var source = x.Span.Slice(start, destination.Length);
            for (int i = 0; i < source.Length; i++)
            {
                destination[i] = int.CreateTruncating(source[i]) - zero;
            }
        };
    }

    private static Func<int, TResult> Single<T, TResult>(KernelContext context, int input)
        where T : unmanaged, INumber<T>
        where TResult : INumber<TResult>
    {
        var values = context.Input<T>(input);
        return place => TResult.CreateTruncating(values[values.Length == 1 ? 0 : place]);
    }

    private static Writing Writer<T>(KernelContext context, int lowest, int highest)
        where T : unmanaged, INumber<T>
    {
        var y = context.Output<T>();
        return (place, value, zero) => y[place] = T.CreateTruncating(Rounded(value, zero, lowest, highest));
    }
}
