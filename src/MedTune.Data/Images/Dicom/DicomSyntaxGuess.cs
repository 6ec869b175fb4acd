namespace MedTune.Data.Images;

/// <summary>Tells from the structure of a data set how it is written.</summary>
internal static class DicomSyntaxGuess
{
    private const int EnoughElements = 16;

    private static readonly DicomEncoding[] Candidates =
        [DicomEncoding.ExplicitLittleEndian, DicomEncoding.ImplicitLittleEndian, DicomEncoding.ExplicitBigEndian];

    /// <summary>The one form in which the first elements make sense; null where none does, or more than one.</summary>
    public static DicomEncoding? Find(ReadOnlySpan<byte> bytes, int start)
    {
        DicomEncoding? found = null;
        foreach (DicomEncoding candidate in Candidates)
        {
            if (Fits(bytes, start, candidate))
            {
                if (found is not null)
                {
                    return null;
                }

                found = candidate;
            }
        }

        return found;
    }

    /// <summary>The other form in which a data set is clearly written; null where the declared one fits, or none clearly does.</summary>
    public static DicomEncoding? Find(ReadOnlySpan<byte> bytes, int start, DicomEncoding declared) =>
        Fits(bytes, start, declared) ? null : Find(bytes, start);

    // Tags rise from a low group, every value ends inside the file, and a sequence of undefined length ends the walk as well as the file's end does.
    private static bool Fits(ReadOnlySpan<byte> bytes, int start, DicomEncoding encoding)
    {
        int at = start;
        uint last = 0;
        for (int count = 0; count < EnoughElements; count++)
        {
            if (at == bytes.Length)
            {
                return count > 0;
            }

            if (DicomElementHeader.TryRead(bytes, at, bytes.Length, encoding) is not { } header
                || header.Number <= last || (count == 0 && header.Number >> 16 is not (4 or 8 or 0x10)))
            {
                return false;
            }

            if (header.IsUndefinedLength)
            {
                return count > 0;
            }

            if (header.Length > (uint)(bytes.Length - header.ValueOffset))
            {
                return false;
            }

            last = header.Number;
            at = header.ValueOffset + (int)header.Length;
        }

        return true;
    }
}
