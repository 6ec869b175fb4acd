using System.Runtime.CompilerServices;

namespace MedTune.Tensors;

/// <summary>Memory that matrix products copy their operands into, kept from one product to the next.</summary>
/// <remarks>
/// It grows to the largest product it has served; after that nothing is allocated. One product at a time may use it: give every concurrent
/// caller its own.
/// </remarks>
public sealed class MatrixWorkspace
{
    private const int Alignment = 64;

    private byte[] _a = [];
    private byte[] _b = [];

    internal enum Operand
    {
        A,
        B,
    }

    /// <summary>Bytes held.</summary>
    public long Bytes => _a.Length + (long)_b.Length;

    /// <summary>Grows to what float products up to this size need, so that later ones allocate nothing.</summary>
    /// <param name="m">Rows of the result.</param>
    /// <param name="n">Columns of the result.</param>
    /// <param name="k">Terms of each sum.</param>
    public unsafe void Reserve(int m, int n, int k)
    {
        // Panels are filled up to at most 64 rows or columns whatever the instruction set.
        Take<float>(Operand.A, (m + 64L) * k);
        Take<float>(Operand.B, (n + 64L) * k);
    }

    internal unsafe T* Take<T>(Operand operand, long count)
        where T : unmanaged
    {
        ref byte[] buffer = ref operand == Operand.A ? ref _a : ref _b;
        long bytes = (count * sizeof(T)) + Alignment;
        if (buffer.Length < bytes)
        {
            buffer = Allocate(bytes);
        }

        return (T*)Align(buffer);
    }

    /// <summary>Pinned memory: its address never changes.</summary>
    internal static byte[] Allocate(long bytes) => GC.AllocateUninitializedArray<byte>(checked((int)Math.Min(bytes, Array.MaxLength + 1L)), pinned: true);

    /// <summary>The first address in a pinned buffer that is a multiple of the cache line.</summary>
    internal static unsafe byte* Align(byte[] pinned)
    {
        byte* start = (byte*)Unsafe.AsPointer(ref pinned[0]);
        return start + ((Alignment - ((nint)start % Alignment)) % Alignment);
    }
}
