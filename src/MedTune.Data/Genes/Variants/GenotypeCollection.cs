using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>Gathers the dosages of chosen samples, variant by variant.</summary>
internal sealed class GenotypeCollection(VcfReader reader, GenotypeOptions options, int[] samples, List<Finding> findings)
{
    private readonly VariantNormalizer? _normalizer = options.Reference is null ? null : VariantNormalizer.For(reader, options.Reference, options.Contigs);
    private readonly List<GenotypeColumn> _columns = [];
    private readonly HashSet<Variant> _seen = [];
    private int _repeated, _filtered, _withoutGenotypes, _otherAlleles, _haploid;

    /// <summary>Reads the file to its end.</summary>
    public ImmutableArray<GenotypeColumn> Read()
    {
        while (reader.Read() is { } record)
        {
            bool isFiltered = options.PassedOnly && record.Filters.Length > 0 && record.Filters[0] != "PASS";
            (_filtered, _withoutGenotypes) = (_filtered + (isFiltered ? 1 : 0), _withoutGenotypes + (record.HasGenotypes ? 0 : 1));
            if (!isFiltered && record.HasGenotypes)
            {
                Add(record);
            }
        }

        Note(GeneFindingCodes.RepeatedVariants, FindingSeverity.Warning, _repeated, "are there already, perhaps written in another way", "Left out all but the first; check which line is right.");
        Note(GeneFindingCodes.FilteredVariants, FindingSeverity.Note, _filtered, "failed a filter", "Left out.");
        Note(GeneFindingCodes.WithoutGenotypes, FindingSeverity.Note, _withoutGenotypes, "have no genotypes (GT)", "Left out.");
        Note(GeneFindingCodes.OtherAlleles, FindingSeverity.Note, _otherAlleles, "are no change of letters (*, symbols, breakends)", "Left out.");
        Note(GeneFindingCodes.Haploid, FindingSeverity.Note, _haploid, "have samples with one chromosome only", "Counted 0 or 1 for them, 0 to 2 for the others; mind it where sexes are compared.");
        return [.. _columns];
    }

    private void Add(VcfRecord record)
    {
        foreach (var normal in _normalizer?.Normalize(record) ?? Split(record))
        {
            if (!normal.IsSequence)
            {
                _otherAlleles += normal.Kind == VariantKind.None ? 0 : 1;
            }
            else if (!_seen.Add(normal.Variant))
            {
                _repeated++;
            }
            else
            {
                Add(record, normal);
            }
        }
    }

    private void Add(VcfRecord record, NormalizedVariant normal)
    {
        if ((_columns.Count + 1L) * samples.Length > options.LargestTable)
        {
            throw new DataException($"The genotypes of {_columns.Count} variants and {samples.Length} samples fill {options.LargestTable} bytes, and more follow: choose variants before (a panel, or the regions of interest), or allow more memory.");
        }

        var dosages = new sbyte[samples.Length];
        bool isHaploid = false;
        for (int i = 0; i < samples.Length; i++)
        {
            dosages[i] = (sbyte)record.Dosage(samples[i], normal.Alternate);
            isHaploid |= record.Ploidy(samples[i]) == 1 && dosages[i] >= 0;
        }

        _haploid += isHaploid ? 1 : 0;
        _columns.Add(new GenotypeColumn(normal.Variant, record.Ids.IsEmpty ? "" : record.Ids[0], dosages));
    }

    /// <summary>Without a reference: split and shortened, but not moved.</summary>
    private static ImmutableArray<NormalizedVariant> Split(VcfRecord record)
    {
        var variants = ImmutableArray.CreateBuilder<NormalizedVariant>(record.Alternates.Length);
        for (int i = 0; i < record.Alternates.Length; i++)
        {
            if (!VcfText.IsCodes(record.Alternates[i]))
            {
                variants.Add(new NormalizedVariant(new Variant(record.Chromosome, record.Position, record.Reference, record.Alternates[i]), VariantKind.Symbolic, i + 1));
                continue;
            }

            (int position, string reference, string alternate) = VariantTrimming.Trim(record.Position, record.Reference.ToUpperInvariant(), record.Alternates[i].ToUpperInvariant());
            var kind = reference == alternate ? VariantKind.None
                : reference.Length == 1 && alternate.Length == 1 ? VariantKind.Substitution
                : reference.Length < alternate.Length ? VariantKind.Insertion
                : reference.Length > alternate.Length ? VariantKind.Deletion
                : VariantKind.Complex;
            variants.Add(new NormalizedVariant(new Variant(record.Chromosome, position, reference, alternate), kind, i + 1));
        }

        return variants.MoveToImmutable();
    }

    private void Note(string code, FindingSeverity severity, int count, string what, string action)
    {
        if (count > 0)
        {
            findings.Add(new Finding(code, severity, null, count, $"{count} variants {what}.", action));
        }
    }
}
