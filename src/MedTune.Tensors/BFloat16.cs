namespace MedTune.Tensors;

/// <summary>The upper half of a <see cref="float"/>: 8 bits of exponent and 7 of fraction. A form of storage; MedTune does not compute in it.</summary>
/// <param name="Bits">Sign, exponent and fraction, from the top bit down.</param>
public readonly record struct BFloat16(ushort Bits)
{
    /// <summary>The nearest value, halves to the even one; above the range infinity; every NaN becomes the quiet one.</summary>
    public static BFloat16 FromSingle(float value)
    {
        if (float.IsNaN(value))
        {
            return new BFloat16(0x7FC0);
        }

        uint bits = BitConverter.SingleToUInt32Bits(value);
        return new BFloat16((ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    /// <summary>The same value, exactly.</summary>
    public float ToSingle() => BitConverter.UInt32BitsToSingle((uint)Bits << 16);
}
