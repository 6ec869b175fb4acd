namespace MedTune.Graphs.Files;

/// <summary>Both file formats store numbers with the lowest byte first, whatever the machine does.</summary>
internal static class LittleEndian
{
    /// <summary>Turns the bytes of elements from file order into this machine's order, or back; nothing to do on the machines of today.</summary>
    /// <param name="bytes">Whole elements.</param>
    /// <param name="size">Bytes per element.</param>
    internal static void ToHost(Span<byte> bytes, int size)
    {
        if (BitConverter.IsLittleEndian || size == 1)
        {
            return;
        }

        for (int start = 0; start < bytes.Length; start += size)
        {
            bytes.Slice(start, size).Reverse();
        }
    }
}
