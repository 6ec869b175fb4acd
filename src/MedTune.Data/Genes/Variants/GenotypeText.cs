namespace MedTune.Data.Genes;

/// <summary>Reads the genotypes of a record: <c>0|1</c>, <c>1/2</c>, <c>0</c>, <c>./.</c>, <c>.</c>.</summary>
internal static class GenotypeText
{
    /// <summary>Most copies of a chromosome.</summary>
    public const int MostCopies = 16;

    /// <summary>Reads one genotype.</summary>
    /// <param name="text">The text.</param>
    /// <param name="alleles">Filled with the numbers of the alleles, -1 where missing.</param>
    /// <param name="alternates">Alternate alleles of the record.</param>
    /// <param name="isPhased">Whether every mark is <c>|</c>.</param>
    /// <returns>The copies; 0 where the text is no genotype or names an allele that the record does not have.</returns>
    public static int Read(ReadOnlySpan<byte> text, Span<short> alleles, int alternates, out bool isPhased)
    {
        int copies = 0;
        isPhased = text.Length > 0 && text[0] == (byte)'|';
        bool isUnphased = false;
        int at = text.Length > 0 && text[0] is (byte)'|' or (byte)'/' ? 1 : 0; // 4.4 allows the mark of the first copy
        while (true)
        {
            int allele = -1;
            if (at < text.Length && text[at] == (byte)'.')
            {
                at++;
            }
            else
            {
                int start = at;
                allele = 0;
                while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9' && at - start < 5)
                {
                    allele = (allele * 10) + (text[at++] - '0');
                }

                if (at == start || allele > alternates)
                {
                    return 0;
                }
            }

            if (copies == MostCopies)
            {
                return 0;
            }

            alleles[copies++] = (short)allele;
            if (at == text.Length)
            {
                isPhased = copies == 1 ? isPhased : !isUnphased;
                return copies;
            }

            isUnphased |= text[at] == (byte)'/';
            if (text[at++] is not ((byte)'|' or (byte)'/'))
            {
                return 0;
            }
        }
    }
}
