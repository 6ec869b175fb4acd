using System.Globalization;
using System.Runtime.InteropServices;
using MedTune.Tensors;

namespace MedTune.Graphs.Execution;

/// <summary>Moves values between tensors and pinned memory, and between ONNX's types and what a plan stores.</summary>
internal static class TensorStorage
{
    /// <summary>What a value of an ONNX type is stored as: in a double plan Float becomes Double, everything else stays.</summary>
    public static ElementType Stored(ElementType element, Precision precision) =>
        precision == Precision.Double && element == ElementType.Float ? ElementType.Double : element;

    /// <summary>A tensor in storage type.</summary>
    public static Tensor Stored(Tensor tensor, Precision precision)
    {
        if (precision == Precision.Float || tensor is not Tensor<float> single)
        {
            return tensor;
        }

        var values = new double[single.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = single.Values[i];
        }

        return new Tensor<double>(single.Shape, values);
    }

    /// <summary>A concrete type as a shape, or null when an extent is not a number.</summary>
    public static Shape? Concrete(TensorType type)
    {
        if (!type.HasRank)
        {
            return null;
        }

        var extents = new int[type.Rank];
        for (int axis = 0; axis < extents.Length; axis++)
        {
            if (type.Dimensions[axis].Value is not int extent)
            {
                return null;
            }

            extents[axis] = extent;
        }

        try
        {
            return new Shape(extents);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new InvalidGraphException(string.Create(CultureInfo.InvariantCulture, $"A value of type {type} is too large: more than {int.MaxValue} elements."));
        }
    }

    /// <summary>A slot with memory of its own, holding a tensor's values or zeros.</summary>
    public static PlanValue Place(string name, TensorType type, Tensor? values)
    {
        var shape = Concrete(type) ?? throw new InvalidGraphException($"The shape of '{name}' ({type}) is not known.");
        var slot = new PlanValue(name, type.Element, shape);
        if (type.Element == ElementType.String)
        {
            slot.Place((values ?? new Tensor<string>(shape)).Values<string>().ToArray());
            return slot;
        }

        slot.Place(new PinnedMemory(slot.Bytes), 0);
        if (values is not null)
        {
            Write(values, slot);
        }

        return slot;
    }

    /// <summary>Copies a tensor of the slot's type into it.</summary>
    public static void Write(Tensor tensor, PlanValue slot)
    {
        if (tensor is Tensor<string> text)
        {
            text.Values.CopyTo(slot.Strings);
            return;
        }

        Bytes(tensor).CopyTo(slot.Memory!.Span<byte>(slot.Offset, checked((int)slot.Bytes)));
    }

    /// <summary>A slot's values as a new tensor.</summary>
    public static Tensor Read(PlanValue slot)
    {
        var tensor = Zeros(slot);
        if (tensor is Tensor<string> text)
        {
            slot.Strings.CopyTo(text.Values);
            return tensor;
        }

        slot.Memory!.Span<byte>(slot.Offset, checked((int)slot.Bytes)).CopyTo(Bytes(tensor));
        return tensor;
    }

    /// <summary>The same values under another shape of equal length.</summary>
    public static Tensor Reshaped(Tensor tensor, Shape shape) => tensor switch
    {
        _ when tensor.Shape == shape => tensor,
        Tensor<float> typed => new Tensor<float>(shape, typed.Values.ToArray()),
        Tensor<double> typed => new Tensor<double>(shape, typed.Values.ToArray()),
        Tensor<long> typed => new Tensor<long>(shape, typed.Values.ToArray()),
        Tensor<int> typed => new Tensor<int>(shape, typed.Values.ToArray()),
        Tensor<bool> typed => new Tensor<bool>(shape, typed.Values.ToArray()),
        Tensor<byte> typed => new Tensor<byte>(shape, typed.Values.ToArray()),
        Tensor<sbyte> typed => new Tensor<sbyte>(shape, typed.Values.ToArray()),
        Tensor<short> typed => new Tensor<short>(shape, typed.Values.ToArray()),
        Tensor<ushort> typed => new Tensor<ushort>(shape, typed.Values.ToArray()),
        Tensor<uint> typed => new Tensor<uint>(shape, typed.Values.ToArray()),
        Tensor<ulong> typed => new Tensor<ulong>(shape, typed.Values.ToArray()),
        Tensor<Half> typed => new Tensor<Half>(shape, typed.Values.ToArray()),
        Tensor<BFloat16> typed => new Tensor<BFloat16>(shape, typed.Values.ToArray()),
        Tensor<string> typed => new Tensor<string>(shape, typed.Values.ToArray()),
        _ => throw new InvalidOperationException($"A tensor of {tensor.Type} cannot be reshaped."),
    };

    private static Tensor Zeros(PlanValue slot) => slot.Element switch
    {
        ElementType.Float => new Tensor<float>(slot.Shape),
        ElementType.Double => new Tensor<double>(slot.Shape),
        ElementType.Int64 => new Tensor<long>(slot.Shape),
        ElementType.Int32 => new Tensor<int>(slot.Shape),
        ElementType.Bool => new Tensor<bool>(slot.Shape),
        ElementType.UInt8 => new Tensor<byte>(slot.Shape),
        ElementType.Int8 => new Tensor<sbyte>(slot.Shape),
        ElementType.Int16 => new Tensor<short>(slot.Shape),
        ElementType.UInt16 => new Tensor<ushort>(slot.Shape),
        ElementType.UInt32 => new Tensor<uint>(slot.Shape),
        ElementType.UInt64 => new Tensor<ulong>(slot.Shape),
        ElementType.Float16 => new Tensor<Half>(slot.Shape),
        ElementType.BFloat16 => new Tensor<BFloat16>(slot.Shape),
        ElementType.String => new Tensor<string>(slot.Shape),
        _ => throw new InvalidOperationException($"A value of {slot.Element} cannot be stored."),
    };

    private static Span<byte> Bytes(Tensor tensor) => tensor switch
    {
        Tensor<float> typed => MemoryMarshal.AsBytes(typed.Values),
        Tensor<double> typed => MemoryMarshal.AsBytes(typed.Values),
        Tensor<long> typed => MemoryMarshal.AsBytes(typed.Values),
        Tensor<int> typed => MemoryMarshal.AsBytes(typed.Values),
        Tensor<bool> typed => MemoryMarshal.AsBytes(typed.Values),
        Tensor<byte> typed => typed.Values,
        Tensor<sbyte> typed => MemoryMarshal.AsBytes(typed.Values),
        Tensor<short> typed => MemoryMarshal.AsBytes(typed.Values),
        Tensor<ushort> typed => MemoryMarshal.AsBytes(typed.Values),
        Tensor<uint> typed => MemoryMarshal.AsBytes(typed.Values),
        Tensor<ulong> typed => MemoryMarshal.AsBytes(typed.Values),
        Tensor<Half> typed => MemoryMarshal.AsBytes(typed.Values),
        Tensor<BFloat16> typed => MemoryMarshal.AsBytes(typed.Values),
        _ => throw new InvalidOperationException($"A tensor of {tensor.Type} has no bytes."),
    };
}
