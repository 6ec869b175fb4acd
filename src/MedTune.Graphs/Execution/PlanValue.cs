using MedTune.Tensors;

namespace MedTune.Graphs.Execution;

/// <summary>Where a value lives while a plan runs.</summary>
internal sealed class PlanValue
{
    private Tensor? _constant;

    public PlanValue(string name, ElementType element, Shape shape)
    {
        Name = name;
        Element = element;
        Shape = shape;
    }

    public string Name { get; }

    /// <summary>What is stored: in a double plan Float values are stored as Double.</summary>
    public ElementType Element { get; }

    public Shape Shape { get; }

    /// <summary>Bytes the elements take; 0 for strings.</summary>
    public long Bytes => (long)Shape.Length * Element.SizeInBytes();

    /// <summary>The memory the elements are in; null for strings and for values of which only the shape is used. A constant gets it when it is first asked for.</summary>
    public PinnedMemory? Memory
    {
        get
        {
            if (_constant is Tensor constant)
            {
                _constant = null;
                field = new PinnedMemory(Bytes);
                TensorStorage.Write(constant, this);
            }

            return field;
        }

        private set;
    }

    /// <summary>The byte of <see cref="Memory"/> where the elements start.</summary>
    public long Offset { get; private set; }

    /// <summary>The place of the first element, or 0.</summary>
    public nint Address => Memory?.Address(Offset) ?? 0;

    /// <summary>The elements of a string value.</summary>
    public string[]? Strings { get; private set; }

    /// <summary>Fixes where the elements are.</summary>
    public void Place(PinnedMemory? memory, long offset) => (Memory, Offset) = (memory, offset);

    /// <summary>Fixes where the elements of a string value are.</summary>
    public void Place(string[] strings) => Strings = strings;

    /// <summary>Gives a constant memory as soon as a kernel asks for it; one that is read from its tensor only, to pack it, needs none.</summary>
    public void PlaceWhenAsked(Tensor constant) => _constant = constant;

    /// <summary>Lets go of a constant that nobody has asked for.</summary>
    public void Settle() => _constant = null;

    /// <summary>Shares the place of another value of equal length.</summary>
    public void Place(PlanValue other) => (Memory, Offset, Strings) = (other.Memory, other.Offset, other.Strings);

    /// <summary>The elements; the span keeps the memory alive.</summary>
    public Span<T> Span<T>()
        where T : unmanaged => Memory is null ? default : Memory.Span<T>(Offset, Shape.Length);
}
