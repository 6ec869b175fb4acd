namespace MedTune.Tensors;

/// <summary>A tensor whose element type is known.</summary>
/// <typeparam name="T">float, double, an integer of 8 to 64 bits, bool, string, Half or <see cref="BFloat16"/>.</typeparam>
public sealed class Tensor<T> : Tensor
{
    private readonly T[] _values;

    /// <summary>A tensor that owns <paramref name="values"/> (no copy).</summary>
    /// <exception cref="ArgumentException">The number of values is not the shape's length.</exception>
    public Tensor(Shape shape, T[] values)
        : base(ElementTypes.Of<T>(), shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != shape.Length)
        {
            throw new ArgumentException($"A tensor of shape {shape} needs {shape.Length} values; {values.Length} were given.", nameof(values));
        }

        _values = values;
    }

    /// <summary>A tensor of zeros (false, null strings are not allowed and become empty).</summary>
    public Tensor(Shape shape)
        : this(shape, new T[shape.Length])
    {
        if (_values is string[] text)
        {
            text.AsSpan().Fill(string.Empty);
        }
    }

    /// <summary>The values, row-major.</summary>
    public Span<T> Values => _values;
}
