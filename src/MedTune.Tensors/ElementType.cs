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

    /// <summary>Signed 32-bit integer, <see cref="int"/>.</summary>
    Int32 = 6,

    /// <summary>Signed 64-bit integer, <see cref="long"/>: ONNX's type for indices and shapes.</summary>
    Int64 = 7,

    /// <summary>Unicode text, <see cref="string"/>.</summary>
    String = 8,

    /// <summary>Truth value, <see cref="bool"/>.</summary>
    Bool = 9,

    /// <summary>IEEE 754 binary64, <see cref="double"/>.</summary>
    Double = 11,
}
