using System.Globalization;

namespace MedTune.Data.Genes;

/// <summary>How many values a key must have for a record.</summary>
internal static class VcfCounts
{
    /// <summary>The count that a Number asks for; -1 for any.</summary>
    /// <param name="number">The Number of the definition.</param>
    /// <param name="alternates">Alternate alleles of the record; none makes A, R and G mean any.</param>
    /// <param name="copies">Copies of the chromosome of the sample; 0 where unknown, which makes G mean any.</param>
    public static int Of(string number, int alternates, int copies) => number switch
    {
        "A" => alternates == 0 ? -1 : alternates,
        "R" => alternates == 0 ? -1 : alternates + 1,
        "G" => alternates == 0 || copies == 0 ? -1 : Genotypes(alternates + 1, copies),
        _ => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : -1,
    };

    /// <summary>Unordered genotypes: (alleles + copies - 1) over copies.</summary>
    private static int Genotypes(int alleles, int copies)
    {
        long count = 1;
        for (int i = 1; i <= copies; i++)
        {
            count = count * (alleles + i - 1) / i;
            if (count > int.MaxValue)
            {
                return -1;
            }
        }

        return (int)count;
    }
}
