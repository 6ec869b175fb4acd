using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>One line of a VCF file or one record of a BCF file.</summary>
public sealed class VcfRecord
{
    private readonly short[] _alleles;
    private readonly bool[] _phased;
    private readonly int _copies;

    /// <param name="alleles">For each sample as many numbers as the sample with most copies has; -1 unknown, -2 no such copy.</param>
    /// <param name="phased">For each sample.</param>
    /// <param name="copies">Most copies of a sample; 0 without genotypes.</param>
    internal VcfRecord(short[] alleles, bool[] phased, int copies) => (_alleles, _phased, _copies) = (alleles, phased, copies);

    /// <summary>The line in the file, or the number of a BCF record, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>The chromosome, named as in the file.</summary>
    public required string Chromosome { get; init; }

    /// <summary>The position of the first letter of <see cref="Reference"/>, from 1; 0 and length + 1 stand for the telomeres.</summary>
    public required int Position { get; init; }

    /// <summary>Identifiers, such as <c>rs1234</c>.</summary>
    public required ImmutableArray<string> Ids { get; init; }

    /// <summary>The letters of the reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The alternate alleles: letters, <c>*</c>, symbols in angle brackets or breakends. Empty where the line has none.</summary>
    public required ImmutableArray<string> Alternates { get; init; }

    /// <summary>The quality (Phred), NaN where unknown.</summary>
    public required double Quality { get; init; }

    /// <summary>The filters: <c>PASS</c>, the filters that failed, or empty where none was applied.</summary>
    public required ImmutableArray<string> Filters { get; init; }

    /// <summary>The column INFO as it is written.</summary>
    public required string InfoText { get; init; }

    /// <summary>Number of samples.</summary>
    public int SampleCount => _phased.Length;

    /// <summary>Whether the record has genotypes (GT).</summary>
    public bool HasGenotypes => _copies > 0;

    /// <summary>The value of a key of INFO as it is written, the empty text for a flag, or null where it is not there.</summary>
    /// <param name="key">The key.</param>
    public string? Info(string key)
    {
        foreach (var range in InfoText.AsSpan().Split(';'))
        {
            ReadOnlySpan<char> field = InfoText.AsSpan()[range];
            if (field.StartsWith(key, StringComparison.Ordinal) && (field.Length == key.Length || field[key.Length] == '='))
            {
                return field.Length == key.Length ? "" : field[(key.Length + 1)..].ToString();
            }
        }

        return null;
    }

    /// <summary>The genotype of a sample.</summary>
    /// <param name="sample">The number of its column, from 0.</param>
    public Genotype Genotype(int sample)
    {
        var alleles = ImmutableArray.CreateBuilder<int>(_copies);
        foreach (short allele in Alleles(sample))
        {
            alleles.Add(allele);
        }

        return new Genotype(alleles.ToImmutable(), _phased[sample]);
    }

    /// <summary>Copies of the chromosome that a sample's genotype has; 0 without genotypes.</summary>
    /// <param name="sample">The number of its column, from 0.</param>
    public int Ploidy(int sample) => Alleles(sample).Length;

    /// <summary>How many copies of an alternate allele a sample has: 0, 1 or 2 (0 or 1 where it has one chromosome only), or -1 where a copy is unknown.</summary>
    /// <param name="sample">The number of its column, from 0.</param>
    /// <param name="alternate">The alternate allele, from 1. Default: 1.</param>
    public int Dosage(int sample, int alternate = 1)
    {
        int dosage = 0;
        ReadOnlySpan<short> alleles = Alleles(sample);
        foreach (short allele in alleles)
        {
            if (allele < 0)
            {
                return -1;
            }

            dosage += allele == alternate ? 1 : 0;
        }

        return alleles.IsEmpty ? -1 : dosage;
    }

    private ReadOnlySpan<short> Alleles(int sample)
    {
        ReadOnlySpan<short> alleles = _alleles.AsSpan(sample * _copies, _copies);
        int end = alleles.IndexOf((short)-2);
        return end < 0 ? alleles : alleles[..end];
    }
}
