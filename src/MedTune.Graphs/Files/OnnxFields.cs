namespace MedTune.Graphs.Files;

/// <summary>The field numbers of the ONNX schema, one nested class per message. They are facts of the standard (onnx.proto, IR version 11).</summary>
internal static class OnnxFields
{
    internal static class Model
    {
        internal const int IrVersion = 1;
        internal const int ProducerName = 2;
        internal const int DocString = 6;
        internal const int Graph = 7;
        internal const int OpsetImport = 8;
        internal const int MetadataProps = 14;
    }

    internal static class Opset
    {
        internal const int Domain = 1;
        internal const int Version = 2;
    }

    internal static class Entry
    {
        internal const int Key = 1;
        internal const int Value = 2;
    }

    internal static class Graph
    {
        internal const int Node = 1;
        internal const int Name = 2;
        internal const int Initializer = 5;
        internal const int DocString = 10;
        internal const int Input = 11;
        internal const int Output = 12;
        internal const int ValueType = 13;
        internal const int SparseInitializer = 15;
    }

    internal static class Node
    {
        internal const int Input = 1;
        internal const int Output = 2;
        internal const int Name = 3;
        internal const int OpType = 4;
        internal const int Attribute = 5;
        internal const int DocString = 6;
        internal const int Domain = 7;
        internal const int Overload = 8;
    }

    internal static class Attribute
    {
        internal const int Name = 1;
        internal const int Float = 2;
        internal const int Int = 3;
        internal const int String = 4;
        internal const int Tensor = 5;
        internal const int Graph = 6;
        internal const int Floats = 7;
        internal const int Ints = 8;
        internal const int Strings = 9;
        internal const int Tensors = 10;
        internal const int Graphs = 11;
        internal const int Type = 20;
        internal const int Reference = 21;
        internal const int SparseTensor = 22;
        internal const int SparseTensors = 23;
    }

    /// <summary>The values of an attribute's <c>type</c> field.</summary>
    internal static class AttributeKind
    {
        internal const int Undefined = 0;
        internal const int Float = 1;
        internal const int Int = 2;
        internal const int String = 3;
        internal const int Tensor = 4;
        internal const int Graph = 5;
        internal const int Floats = 6;
        internal const int Ints = 7;
        internal const int Strings = 8;
    }

    internal static class Tensor
    {
        internal const int Dims = 1;
        internal const int DataType = 2;
        internal const int Segment = 3;
        internal const int FloatData = 4;
        internal const int Int32Data = 5;
        internal const int StringData = 6;
        internal const int Int64Data = 7;
        internal const int Name = 8;
        internal const int RawData = 9;
        internal const int DoubleData = 10;
        internal const int UInt64Data = 11;
        internal const int DocString = 12;
        internal const int ExternalData = 13;
        internal const int DataLocation = 14;
    }

    internal static class ValueType
    {
        internal const int Name = 1;
        internal const int Type = 2;
        internal const int DocString = 3;
    }

    internal static class Type
    {
        internal const int Tensor = 1;
        internal const int Sequence = 4;
        internal const int Map = 5;
        internal const int Opaque = 7;
        internal const int SparseTensor = 8;
        internal const int Optional = 9;
    }

    internal static class SequenceType
    {
        internal const int ElementType = 1;
    }

    internal static class TensorType
    {
        internal const int ElementType = 1;
        internal const int Shape = 2;
    }

    internal static class Shape
    {
        internal const int Dimension = 1;
    }

    internal static class Dimension
    {
        internal const int Value = 1;
        internal const int Symbol = 2;
    }
}
