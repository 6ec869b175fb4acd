namespace MedTune.Data.Images;

/// <summary>Takes out of allocated samples the bits that mean something.</summary>
internal static class StoredBits
{
    /// <summary>Turns allocated samples into stored values: the bits up to the high bit, sign-extended where they are signed.</summary>
    public static void Extract(Span<int> cells, DicomPixelDescription description)
    {
        int above = 31 - description.HighBit;
        int all = 32 - description.BitsStored;
        if (description.IsSigned)
        {
            foreach (ref int cell in cells)
            {
                cell = cell << above >> all;
            }
        }
        else if (all > 0)
        {
            foreach (ref int cell in cells)
            {
                cell = (int)((uint)(cell << above) >> all);
            }
        }
    }

    /// <summary>Reads the low <paramref name="bits"/> of each sample as signed or unsigned.</summary>
    public static void Reinterpret(Span<int> samples, int bits, bool isSigned)
    {
        int shift = 32 - bits;
        foreach (ref int sample in samples)
        {
            sample = isSigned ? sample << shift >> shift : (int)((uint)(sample << shift) >> shift);
        }
    }
}
