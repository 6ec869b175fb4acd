namespace MedTune.Data.Genes;

/// <summary>Takes letters away that reference and alternate allele have in common, so that one letter at least is left of each.</summary>
internal static class VariantTrimming
{
    /// <summary>The shortest form at the same place: first common letters at the end, then at the start.</summary>
    public static (int Position, string Reference, string Alternate) Trim(int position, string reference, string alternate)
    {
        int end = 0;
        int shorter = Math.Min(reference.Length, alternate.Length);
        while (end < shorter - 1 && Same(reference[^(end + 1)], alternate[^(end + 1)]))
        {
            end++;
        }

        int start = 0;
        while (start < shorter - end - 1 && Same(reference[start], alternate[start]))
        {
            start++;
        }

        return (position + start, reference[start..^end], alternate[start..^end]);
    }

    private static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
