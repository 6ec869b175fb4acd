namespace MedTune.Data.Images;

/// <summary>A table from stored values to others (PS3.3, C.11.1 and C.7.6.3.1.5).</summary>
/// <param name="First">The value of the first entry; lower ones are treated like it, values past the end like the last.</param>
/// <param name="Bits">Bits of an entry.</param>
/// <param name="Entries">The entries.</param>
internal sealed record LookupTable(int First, int Bits, ushort[] Entries)
{
    /// <summary>The entry of a value.</summary>
    public int this[long value] => Entries[(int)Math.Clamp(value - First, 0, Entries.Length - 1)];

    /// <summary>The highest value an entry can have.</summary>
    public int Highest => (1 << Bits) - 1;

    /// <summary>Reads a table; null where the file has none that can be used.</summary>
    /// <param name="dataSet">Where it lies.</param>
    /// <param name="descriptor">The attribute with the number of entries, the first value and the bits of an entry.</param>
    /// <param name="data">The attribute with the entries.</param>
    /// <param name="isSigned">Whether the first value is signed where its own representation does not say so.</param>
    public static LookupTable? Read(DicomDataSet dataSet, uint descriptor, uint data, bool isSigned)
    {
        if (dataSet.UInt16s(descriptor) is not [ushort length, ushort first, >= 1 and <= 16 and ushort bits, ..])
        {
            return null;
        }

        int count = length == 0 ? 65536 : length;
        ushort[] entries = Entries8Or16(dataSet, data, count, bits);
        return entries.Length < count ? null : new LookupTable(FirstValue(dataSet, descriptor, first, isSigned), bits, entries[..count]);
    }

    /// <summary>Reads a table whose entries are written as segments; null where it cannot be used.</summary>
    public static LookupTable? ReadSegmented(DicomDataSet dataSet, uint descriptor, uint data, bool isSigned)
    {
        if (dataSet.UInt16s(descriptor) is not [ushort length, ushort first, >= 1 and <= 16 and ushort bits, ..])
        {
            return null;
        }

        int count = length == 0 ? 65536 : length;
        ushort[]? entries = PaletteSegments.Expand(dataSet.UInt16s(data), count);
        return entries is null ? null : new LookupTable(FirstValue(dataSet, descriptor, first, isSigned), bits, entries);
    }

    private static int FirstValue(DicomDataSet dataSet, uint descriptor, ushort first, bool isSigned) =>
        isSigned || dataSet.IsSignedNumbers(descriptor) ? (short)first : first;

    // Entries of 8 bits are packed two to a word, or stand in a word each.
    private static ushort[] Entries8Or16(DicomDataSet dataSet, uint data, int count, int bits)
    {
        ReadOnlySpan<byte> bytes = dataSet.Bytes(data);
        if (bits > 8 || bytes.Length >= 2 * count)
        {
            return dataSet.UInt16s(data);
        }

        var entries = new ushort[bytes.Length];
        bool isSwapped = dataSet.IsBigEndian && dataSet.IsWords(data);
        for (int i = 0; i < entries.Length; i++)
        {
            int at = isSwapped && (i ^ 1) < bytes.Length ? i ^ 1 : i;
            entries[i] = bytes[at];
        }

        return entries;
    }
}
