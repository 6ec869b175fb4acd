namespace MedTune.Tensors;

/// <summary>What a tensor holds. The numbers are those of the ONNX standard (<c>TensorProto.DataType</c>).</summary>
public enum ElementType
{
    /// <summary>No type: never valid in a finished graph.</summary>
    Undefined = 0,

    /// <summary>IEEE 754 binary32, <see cref="float"/>.</summary>
    Float = 1,

    /// <summary>Unsigned 8-bit integer, <see cref="byte"/>.</summary>
    UInt8 = 2,

    /// <summary>Signed 8-bit integer, <see cref="sbyte"/>.</summary>
    Int8 = 3,

    /// <summary>Unsigned 16-bit integer, <see cref="ushort"/>.</summary>
    UInt16 = 4,

    /// <summary>Signed 16-bit integer, <see cref="short"/>.</summary>
    Int16 = 5,

    /// <summary>Signed 32-bit integer, <see cref="int"/>.</summary>
    Int32 = 6,

    /// <summary>Signed 64-bit integer, <see cref="long"/>: ONNX's type for indices and shapes.</summary>
    Int64 = 7,

    /// <summary>Unicode text, <see cref="string"/>.</summary>
    String = 8,

    /// <summary>Truth value, <see cref="bool"/>.</summary>
    Bool = 9,

    /// <summary>IEEE 754 binary16, <see cref="Half"/>: stored and converted, not computed in.</summary>
    Float16 = 10,

    /// <summary>IEEE 754 binary64, <see cref="double"/>.</summary>
    Double = 11,

    /// <summary>Unsigned 32-bit integer, <see cref="uint"/>.</summary>
    UInt32 = 12,

    /// <summary>Unsigned 64-bit integer, <see cref="ulong"/>.</summary>
    UInt64 = 13,

    /// <summary>The upper half of a Float, <see cref="Tensors.BFloat16"/>: stored and converted, not computed in.</summary>
    BFloat16 = 16,
}
