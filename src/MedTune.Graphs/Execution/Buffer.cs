using MedTune.Tensors;

namespace MedTune.Graphs.Execution;

/// <summary>A fixed place in a plan's pinned memory that holds one value: a compiled node keeps it and makes spans from it when it runs.</summary>
/// <remarks>Only code that the plan itself calls may use it: the plan keeps the memory alive.</remarks>
internal readonly unsafe struct Buffer<T>
    where T : unmanaged
{
    private readonly T* _first;

    public Buffer(nint address, Shape shape)
    {
        _first = (T*)address;
        Length = shape.Length;
    }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements, row-major.</summary>
    public Span<T> Span => new(_first, Length);

    /// <summary>One element.</summary>
    public ref T this[int index] => ref Span[index];
}
