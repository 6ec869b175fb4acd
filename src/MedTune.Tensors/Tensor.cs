namespace MedTune.Tensors;

/// <summary>A block of values of one type and a shape: what goes into a graph, comes out of it, or is stored in it.</summary>
/// <remarks>Dense, row-major, always on the managed heap. Buffers inside a running plan are not tensors.</remarks>
public abstract class Tensor
{
    private protected Tensor(ElementType type, Shape shape)
    {
        Type = type;
        Shape = shape;
    }

    /// <summary>What the tensor holds.</summary>
    public ElementType Type { get; }

    /// <summary>Its extents.</summary>
    public Shape Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Length => Shape.Length;

    /// <summary>A tensor over a copy of these values.</summary>
    /// <exception cref="ArgumentException">The number of values is not the shape's length.</exception>
    public static Tensor<T> Create<T>(Shape shape, ReadOnlySpan<T> values) => new(shape, values.ToArray());

    /// <summary>A one-dimensional tensor over a copy of these values.</summary>
    public static Tensor<T> Vector<T>(params ReadOnlySpan<T> values) => new(new Shape(values.Length), values.ToArray());

    /// <summary>A tensor of rank 0.</summary>
    public static Tensor<T> Scalar<T>(T value) => new(Shape.Scalar, [value]);

    /// <summary>The values, when they are of type <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds another type.</exception>
    public Span<T> Values<T>() => this is Tensor<T> typed
        ? typed.Values
        : throw new InvalidOperationException($"The tensor holds {Type}, not {typeof(T).Name}.");
}
