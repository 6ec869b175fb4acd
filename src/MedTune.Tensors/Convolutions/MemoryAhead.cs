using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MedTune.Tensors;

/// <summary>
/// Asks for memory that the next loops will read while these still compute, a part at a time: a loop that waits for far memory at its start takes several
/// times as long, and processors look ahead only a little.
/// </summary>
internal unsafe struct MemoryAhead
{
    /// <summary>Floats of a line of memory.</summary>
    private const int Line = 16;

    private readonly nint _step;
    private readonly float* _end;
    private float* _next;

    /// <param name="start">The first float to ask for.</param>
    /// <param name="count">How many; none where it is below 1.</param>
    /// <param name="parts">In how many parts, at least 1.</param>
    public MemoryAhead(float* start, nint count, int parts)
    {
        _next = start;
        _end = start + Math.Max(0, count);
        _step = (((count + parts - 1) / parts) + Line - 1) / Line * Line;
    }

    /// <summary>Where the next part begins, for a loop that asks for it line by line while it computes: many lines at once would keep it waiting.</summary>
    /// <param name="turns">Turns of the loop.</param>
    /// <param name="step">Floats from one turn to the next; 0 where nothing is left.</param>
    public float* Next(nint turns, out nint step)
    {
        step = (_step + turns - 1) / turns;
        if (step > Line)
        {
            // More lines than turns.
            Fetch();
        }

        float* start = _next;
        step = step > Line || start >= _end ? 0 : step;
        _next += step > 0 ? _step : 0;
        return start;
    }

    /// <summary>Asks for one line of memory, where processors can be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(float* place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(place);
        }
    }

    /// <summary>Asks for some floats at once; asking beyond an array's end does no harm.</summary>
    public static void Fetch(float* start, nint count)
    {
        for (nint i = 0; i < count && Sse.IsSupported; i += Line)
        {
            Sse.Prefetch1(start + i);
        }
    }

    /// <summary>Asks for the next part.</summary>
    public void Fetch()
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        float* end = (float*)Math.Min((nuint)(_next + _step), (nuint)_end);
        for (; _next < end; _next += Line)
        {
            Sse.Prefetch1(_next);
        }
    }
}
