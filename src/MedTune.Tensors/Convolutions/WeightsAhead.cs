using System.Runtime.Intrinsics.X86;

namespace MedTune.Tensors;

/// <summary>
/// Asks for the next weights while tiles work on these, a part with each tile: with few rows of a grid every weight is read once from far memory, and a
/// tile row that waits for it takes several times as long.
/// </summary>
internal unsafe struct WeightsAhead
{
    /// <summary>Floats of a line of memory.</summary>
    private const int Line = 16;

    private readonly nint _step;
    private readonly float* _end;
    private float* _next;

    /// <param name="weights">The weights that tiles now use; those that follow are asked for.</param>
    /// <param name="count">Floats of weights now in use, and of those asked for.</param>
    /// <param name="tiles">Tiles that use them.</param>
    /// <param name="end">End of all weights.</param>
    public WeightsAhead(float* weights, int count, int tiles, float* end)
    {
        _next = weights + count;
        _end = (float*)Math.Min((nuint)(_next + count), (nuint)end);
        _step = (((count + tiles - 1) / tiles) + Line - 1) / Line * Line;
    }

    /// <summary>Asks for a tile's part of the next weights.</summary>
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
