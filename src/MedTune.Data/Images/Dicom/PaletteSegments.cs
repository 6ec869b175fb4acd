namespace MedTune.Data.Images;

/// <summary>Expands a segmented palette (PS3.3, C.7.9.2): runs of entries, ramps, and repetitions of earlier segments.</summary>
internal static class PaletteSegments
{
    private const int Discrete = 0;
    private const int Linear = 1;
    private const int Indirect = 2;

    /// <summary>The entries; null where the segments do not give exactly as many as announced.</summary>
    public static ushort[]? Expand(ushort[] segments, int count)
    {
        List<ushort> entries = new(count);
        int at = 0;
        while (at + 1 < segments.Length && entries.Count < count)
        {
            if (segments[at] != Indirect)
            {
                if (!AddSegment(segments, ref at, entries, count))
                {
                    return null;
                }

                continue;
            }

            if (at + 3 >= segments.Length || !Repeat(segments, (int)Math.Min((segments[at + 3] * 65536L) + segments[at + 2], int.MaxValue), segments[at + 1], entries, count))
            {
                return null;
            }

            at += 4;
        }

        return entries.Count == count ? [.. entries] : null;
    }

    private static bool Repeat(ushort[] segments, int byteOffset, int copies, List<ushort> entries, int count)
    {
        int at = byteOffset / 2;
        for (int i = 0; i < copies && entries.Count < count; i++)
        {
            if (at + 1 >= segments.Length || segments[at] == Indirect || !AddSegment(segments, ref at, entries, count))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AddSegment(ushort[] segments, ref int at, List<ushort> entries, int count)
    {
        int length = segments[at + 1];
        if (entries.Count + length > count || length == 0)
        {
            return false;
        }

        switch (segments[at])
        {
            case Discrete when at + 2 + length <= segments.Length:
                entries.AddRange(segments.AsSpan(at + 2, length));
                at += 2 + length;
                return true;
            case Linear when entries.Count > 0 && at + 2 < segments.Length:
                int from = entries[^1];
                int step = segments[at + 2] - from;
                for (int i = 1; i <= length; i++)
                {
                    entries.Add((ushort)(from + (((2L * step * i) + length) / (2L * length))));
                }

                at += 3;
                return true;
            default:
                return false;
        }
    }
}
