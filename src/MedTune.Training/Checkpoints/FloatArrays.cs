using System.Runtime.InteropServices;

namespace MedTune.Training;

/// <summary>Arrays of floats in a checkpoint: a length, then the values, little-endian.</summary>
internal static class FloatArrays
{
    public static void Write(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    public static void Read(BinaryReader reader, Span<float> destination)
    {
        int length = reader.ReadInt32();
        if (length != destination.Length)
        {
            throw new InvalidDataException($"The checkpoint holds {length} values where this model has {destination.Length}.");
        }

        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(destination));
    }
}
