using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MedTune.Graphs.Execution;

/// <summary>A block of zeroed memory that never moves, starting on a cache line.</summary>
internal sealed class PinnedMemory
{
    private const int Line = 64;

    private readonly ulong[] _words;
    private readonly int _offset;

    public PinnedMemory(long bytes)
    {
        Bytes = Align(bytes);
        _words = GC.AllocateArray<ulong>(checked((int)((Bytes + Line) / sizeof(ulong))), pinned: true);
        long misalignment = Start % Line;
        _offset = misalignment == 0 ? 0 : (int)((Line - misalignment) / sizeof(ulong));
    }

    /// <summary>Usable bytes, a multiple of 64.</summary>
    public long Bytes { get; }

    private unsafe nint Start => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_words));

    /// <summary>A size rounded up so that what follows starts on a cache line again.</summary>
    public static long Align(long bytes) => (bytes + Line - 1) / Line * Line;

    /// <summary>The address of a byte of the block.</summary>
    public nint Address(long offset) => Start + (nint)((_offset * (long)sizeof(ulong)) + offset);

    /// <summary>Elements of the block as a span that keeps the memory alive. The offset is a multiple of 8.</summary>
    public Span<T> Span<T>(long offset, int length)
        where T : unmanaged
    {
        int first = checked((int)(_offset + (offset / sizeof(ulong))));
        long bytes = (long)length * Unsafe.SizeOf<T>();
        return MemoryMarshal.Cast<ulong, T>(_words.AsSpan(first, (int)((bytes + sizeof(ulong) - 1) / sizeof(ulong))))[..length];
    }
}
