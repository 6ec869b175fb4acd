namespace MedTune.Tensors;

/// <content>Gradients that pass only where a value lies between bounds.</content>
public static partial class ElementWise
{
    /// <summary><c>destination[i] = minimum &lt; y[i] &lt; maximum ? x[i] : 0</c>; NaN lies nowhere.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or destination overlaps an input shifted.</exception>
    public static void WithinBounds(ReadOnlySpan<float> x, ReadOnlySpan<float> y, float minimum, float maximum, Span<float> destination)
    {
        Require(x, destination);
        Require(y, destination);
        switch (InstructionSets.Active)
        {
            case InstructionSet.Vector512:
                Within<Lanes512>(x, y, minimum, maximum, destination);
                break;
            case InstructionSet.Vector256:
                Within<Lanes256>(x, y, minimum, maximum, destination);
                break;
            case InstructionSet.Vector128:
                Within<Lanes128>(x, y, minimum, maximum, destination);
                break;
            default:
                Within<ScalarLanes>(x, y, minimum, maximum, destination);
                break;
        }
    }

    private static void Within<TLanes>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, float minimum, float maximum, Span<float> destination)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes lowest = TLanes.Create(minimum), highest = TLanes.Create(maximum), zero = TLanes.Create(0);
        int i = 0;
        for (; i <= destination.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes value = TLanes.Load(in y[i]);
            TLanes isWithin = TLanes.And(TLanes.LessThan(lowest, value), TLanes.LessThan(value, highest));
            TLanes.Select(isWithin, TLanes.Load(in x[i]), zero).Store(ref destination[i]);
        }

        for (; i < destination.Length; i++)
        {
            destination[i] = minimum < y[i] && y[i] < maximum ? x[i] : 0;
        }
    }
}
