namespace MedTune.Data.Genes;

/// <summary>One variant with the dosage of its alternate allele for each sample.</summary>
public sealed class GenotypeColumn
{
    private readonly sbyte[] _dosages;

    internal GenotypeColumn(Variant variant, string id, sbyte[] dosages) => (Variant, Id, _dosages) = (variant, id, dosages);

    /// <summary>The variant.</summary>
    public Variant Variant { get; }

    /// <summary>Its identifier such as <c>rs1234</c>; empty where it has none.</summary>
    public string Id { get; }

    /// <summary>For each sample 0, 1 or 2 copies (0 or 1 where there is one chromosome only), -1 where unknown.</summary>
    public ReadOnlySpan<sbyte> Dosages => _dosages;
}
