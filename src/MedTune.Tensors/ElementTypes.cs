namespace MedTune.Tensors;

/// <summary>The .NET type and the size in bytes that belong to each <see cref="ElementType"/>.</summary>
public static class ElementTypes
{
    /// <summary>The element type whose values are held as <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is not the type of any tensor.</exception>
    public static ElementType Of<T>() =>
        typeof(T) == typeof(float) ? ElementType.Float :
        typeof(T) == typeof(double) ? ElementType.Double :
        typeof(T) == typeof(long) ? ElementType.Int64 :
        typeof(T) == typeof(int) ? ElementType.Int32 :
        typeof(T) == typeof(bool) ? ElementType.Bool :
        typeof(T) == typeof(byte) ? ElementType.UInt8 :
        typeof(T) == typeof(sbyte) ? ElementType.Int8 :
        typeof(T) == typeof(short) ? ElementType.Int16 :
        typeof(T) == typeof(ushort) ? ElementType.UInt16 :
        typeof(T) == typeof(uint) ? ElementType.UInt32 :
        typeof(T) == typeof(ulong) ? ElementType.UInt64 :
        typeof(T) == typeof(Half) ? ElementType.Float16 :
        typeof(T) == typeof(BFloat16) ? ElementType.BFloat16 :
        typeof(T) == typeof(string) ? ElementType.String :
        throw new NotSupportedException($"A tensor cannot hold values of type {typeof(T).Name}.");

    /// <summary>Bytes one element takes; 0 for strings, which live outside any arena.</summary>
    public static int SizeInBytes(this ElementType type) => type switch
    {
        ElementType.Float or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Double or ElementType.Int64 or ElementType.UInt64 => 8,
        ElementType.Int16 or ElementType.UInt16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Bool or ElementType.UInt8 or ElementType.Int8 => 1,
        _ => 0,
    };
}
