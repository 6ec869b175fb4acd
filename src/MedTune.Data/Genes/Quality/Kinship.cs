using System.Collections.Immutable;
using System.Numerics;

namespace MedTune.Data.Genes;

/// <summary>How closely samples are related, by genotypes alone and whatever their ancestries (KING-robust: Manichaikul et al., Bioinformatics 26, 2010).</summary>
internal sealed class Kinship
{
    /// <summary>Between a parent and a child, or siblings, a quarter is expected; from here on it is that close.</summary>
    public const double FirstDegree = 0.1768;

    /// <summary>Between grandparent and grandchild or half siblings an eighth is expected.</summary>
    public const double SecondDegree = 0.0884;

    /// <summary>With fewer variants that vary even first degrees cannot be told from chance among many pairs.</summary>
    public const int LeastForFirst = 1000;

    /// <summary>The same for second degrees.</summary>
    public const int LeastForSecond = 5000;

    // More say nearly the same; those taken are spread over the file.
    private const int MostVariants = 20_000;
    private const double LeastFrequency = 0.05;
    private const double MostUnknown = 0.1;
    private const int Word = 64;

    private readonly ulong[][] _once;
    private readonly ulong[][] _none;
    private readonly ulong[][] _twice;

    private Kinship(int samples, int variants)
    {
        Variants = variants;
        int words = (variants + Word - 1) / Word;
        (_once, _none, _twice) = (Rows(samples, words), Rows(samples, words), Rows(samples, words));
    }

    /// <summary>Variants that are compared.</summary>
    public int Variants { get; }

    /// <summary>Takes the common variants of chromosomes that come in pairs.</summary>
    public static Kinship Of(GenotypeSet set)
    {
        GenotypeColumn[] common = [.. set.Variants.Where(IsCommon)];
        int count = Math.Min(common.Length, MostVariants);
        var kinship = new Kinship(set.Samples.Length, count);
        for (int i = 0; i < count; i++)
        {
            var dosages = common[(int)((long)i * common.Length / count)].Dosages;
            ulong bit = 1UL << (i % Word);
            for (int sample = 0; sample < dosages.Length; sample++)
            {
                var rows = dosages[sample] switch { 0 => kinship._none, 1 => kinship._once, 2 => kinship._twice, _ => null };
                if (rows is not null)
                {
                    rows[sample][i / Word] |= bit;
                }
            }
        }

        return kinship;
    }

    /// <summary>The kinship coefficient of two samples: a half for one person twice, a quarter for first degrees, 0 and below for strangers; NaN where nothing can be told.</summary>
    public double this[int first, int second]
    {
        get
        {
            (long bothOnce, long opposite, long once, long otherOnce) = (0, 0, 0, 0);
            (ulong[] a1, ulong[] a0, ulong[] a2) = (_once[first], _none[first], _twice[first]);
            (ulong[] b1, ulong[] b0, ulong[] b2) = (_once[second], _none[second], _twice[second]);
            for (int i = 0; i < a1.Length; i++)
            {
                bothOnce += BitOperations.PopCount(a1[i] & b1[i]);
                opposite += BitOperations.PopCount((a0[i] & b2[i]) | (a2[i] & b0[i]));
                once += BitOperations.PopCount(a1[i] & (b0[i] | b1[i] | b2[i]));
                otherOnce += BitOperations.PopCount(b1[i] & (a0[i] | a1[i] | a2[i]));
            }

            // Equation 11 of the paper: by the sample with fewer places of two alleles, so that other ancestry of one does not look like kinship.
            double fewer = Math.Min(once, otherOnce);
            return fewer == 0 ? double.NaN : ((bothOnce - (2.0 * opposite)) / (2 * fewer)) + 0.5 - (0.25 * (once + otherOnce) / fewer);
        }
    }

    /// <summary>The pairs that are as close as these variants can tell, at least of second degree; none where the variants are too few.</summary>
    public ImmutableArray<RelatedSamples> Close()
    {
        if (Variants < LeastForFirst)
        {
            return [];
        }

        double least = Variants < LeastForSecond ? FirstDegree : SecondDegree;
        var found = ImmutableArray.CreateBuilder<RelatedSamples>();
        for (int first = 0; first < _once.Length; first++)
        {
            for (int second = first + 1; second < _once.Length; second++)
            {
                double kinship = this[first, second];
                if (kinship >= least)
                {
                    found.Add(new RelatedSamples(first, second, kinship));
                }
            }
        }

        return found.ToImmutable();
    }

    private static ulong[][] Rows(int samples, int words) => [.. Enumerable.Range(0, samples).Select(_ => new ulong[words])];

    private static bool IsCommon(GenotypeColumn column)
    {
        if (HumanChromosomes.Plain(column.Variant.Chromosome) is "X" or "Y" or "MT")
        {
            return false;
        }

        (int known, int copies) = (0, 0);
        foreach (sbyte dosage in column.Dosages)
        {
            (known, copies) = dosage < 0 ? (known, copies) : (known + 1, copies + dosage);
        }

        return known >= (1 - MostUnknown) * column.Dosages.Length && copies >= LeastFrequency * 2 * known && copies <= (1 - LeastFrequency) * 2 * known;
    }
}
