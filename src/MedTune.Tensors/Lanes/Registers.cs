using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MedTune.Tensors;

/// <summary>Moves the last floats of a span, too few for a whole register.</summary>
internal static class Registers
{
    private const int Widest = 16;

    /// <summary>Reads <paramref name="count"/> floats; the remaining lanes are zero.</summary>
    public static TLanes LoadPart<TLanes>(ref float source, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> buffer = stackalloc float[Widest];
        buffer.Clear();
        MemoryMarshal.CreateReadOnlySpan(ref source, count).CopyTo(buffer);
        return TLanes.Load(ref buffer[0]);
    }

    /// <summary>Writes the first <paramref name="count"/> lanes.</summary>
    [SkipLocalsInit]
    public static void StorePart<TLanes>(TLanes lanes, ref float destination, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> buffer = stackalloc float[Widest];
        lanes.Store(ref buffer[0]);
        buffer[..count].CopyTo(MemoryMarshal.CreateSpan(ref destination, count));
    }
}
