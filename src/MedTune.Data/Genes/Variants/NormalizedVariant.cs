namespace MedTune.Data.Genes;

/// <summary>One alternate allele of a record in its normal form.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Kind">What it is; only changes of letters have a normal form, the others stay as written.</param>
/// <param name="Alternate">Its number among the record's alternate alleles, from 1, as <see cref="VcfRecord.Dosage"/> wants it.</param>
public sealed record NormalizedVariant(Variant Variant, VariantKind Kind, int Alternate)
{
    /// <summary>Whether it is a change of letters.</summary>
    public bool IsSequence => Kind is VariantKind.Substitution or VariantKind.Insertion or VariantKind.Deletion or VariantKind.Complex;
}
