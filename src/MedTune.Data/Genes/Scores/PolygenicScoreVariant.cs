namespace MedTune.Data.Genes;

/// <summary>One line of a polygenic score file.</summary>
/// <param name="Chromosome">Without <c>chr</c>; empty where the file gives no position.</param>
/// <param name="Position">From 1; 0 where the file gives none.</param>
/// <param name="Id">Its identifier such as <c>rs1234</c>; empty where it has none.</param>
/// <param name="EffectAllele">The allele whose copies count, in upper case.</param>
/// <param name="OtherAllele">The other allele; empty where the file does not say.</param>
/// <param name="Weight">What each copy adds.</param>
public sealed record PolygenicScoreVariant(string Chromosome, int Position, string Id, string EffectAllele, string OtherAllele, double Weight)
{
    /// <summary>Whether the alleles are each other's complement (A and T, or C and G), so that letters cannot tell the strand.</summary>
    public bool IsStrandAmbiguous => OtherAllele.Length == 1 && EffectAllele.Length == 1 && Nucleotides.ReverseComplement(EffectAllele) == OtherAllele;
}
