using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Data.Genes;

/// <summary>The variants of a polygenic score found among genotypes: what each copy of an alternate allele adds.</summary>
/// <param name="Id">The score.</param>
/// <param name="Weights">For each variant that was found its place among the genotypes' variants, and what a copy of its alternate allele adds.</param>
/// <param name="Constant">What all add where nobody has an alternate allele: effects of alleles of the reference, two copies each.</param>
/// <param name="Wanted">Variants of the score.</param>
/// <param name="Turned">Found with effect and other allele the other way round than reference and alternate.</param>
/// <param name="OtherStrand">Found only with the letters of the other strand.</param>
/// <param name="Ambiguous">Left out because their alleles are each other's complement, so that the strand is not known.</param>
/// <param name="Findings">The same in words.</param>
public sealed record PolygenicScoreMatch(
    string Id, ImmutableArray<(int Variant, double Weight)> Weights, double Constant, int Wanted, int Turned, int OtherStrand, int Ambiguous, ImmutableArray<Finding> Findings)
{
    private const double FewFound = 0.75;

    /// <summary>Variants that were found.</summary>
    public int Found => Weights.Length;

    /// <summary>Looks the variants of a score up by position and alleles; by identifier those without a position.</summary>
    /// <param name="score">The score.</param>
    /// <param name="set">The genotypes.</param>
    /// <param name="keepAmbiguous">Whether variants whose alleles are each other's complement count as they are written: only where both files are known to follow the reference's strand.</param>
    /// <exception cref="DataException">Score and genotypes belong to different builds, or no variant was found.</exception>
    public static PolygenicScoreMatch Of(PolygenicScore score, GenotypeSet set, bool keepAmbiguous = false)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(set);
        return Of(score, [.. set.Variants.Select(column => column.Variant)], [.. set.Variants.Select(column => column.Id)], set.Build, keepAmbiguous);
    }

    internal static PolygenicScoreMatch Of(PolygenicScore score, ImmutableArray<Variant> variants, ImmutableArray<string> ids, GenomeBuild build, bool keepAmbiguous)
    {
        if (score.Build != GenomeBuild.Unknown && build != GenomeBuild.Unknown && score.Build != build)
        {
            throw new DataException($"The score {score.Id} has positions of {score.Build} and the variants those of {build}: get the score's file that is harmonised to {build}.");
        }

        var byPlace = variants.Select((variant, i) => ((HumanChromosomes.Plain(variant.Chromosome), variant.Position), i)).ToLookup(pair => pair.Item1, pair => pair.i);
        var byId = ids.Select((id, i) => (id, i)).Where(pair => pair.id.Length > 0).ToLookup(pair => pair.id, pair => pair.i, StringComparer.Ordinal);
        var weights = ImmutableArray.CreateBuilder<(int, double)>();
        (double constant, int turned, int strand, int ambiguous) = (0, 0, 0, 0);
        foreach (var own in score.Variants)
        {
            var places = own.Position > 0 ? byPlace[(own.Chromosome, own.Position)] : byId[own.Id];
            var (place, isTurned, isOther) = Find(own, variants, places);
            if (place < 0)
            {
                continue;
            }

            if (!keepAmbiguous && IsAmbiguous(variants[place]))
            {
                ambiguous++;
                continue;
            }

            (turned, strand) = (turned + (isTurned ? 1 : 0), strand + (isOther ? 1 : 0));
            constant += isTurned ? 2 * own.Weight : 0;
            weights.Add((place, isTurned ? -own.Weight : own.Weight));
        }

        return weights.Count > 0
            ? new PolygenicScoreMatch(score.Id, weights.ToImmutable(), constant, score.Variants.Length, turned, strand, ambiguous, Tell(score, weights.Count, turned, strand, ambiguous))
            : throw new DataException($"The score {score.Id} has no variant in common with the genotypes that can be used: check builds and alleles, or leave the score out.");
    }

    /// <summary>The variant with the alleles of a line, as written or turned round, on its strand or on the other.</summary>
    private static (int Place, bool IsTurned, bool IsOther) Find(PolygenicScoreVariant own, ImmutableArray<Variant> variants, IEnumerable<int> places)
    {
        int[] candidates = [.. places];
        foreach (bool isOther in (ReadOnlySpan<bool>)[false, true])
        {
            string effect = isOther ? Nucleotides.ReverseComplement(own.EffectAllele) : own.EffectAllele;
            string other = isOther ? Nucleotides.ReverseComplement(own.OtherAllele) : own.OtherAllele;
            foreach (int place in candidates)
            {
                var variant = variants[place];
                if (variant.Alternate == effect && (other.Length == 0 || variant.Reference == other))
                {
                    return (place, false, isOther);
                }

                // Turned round only where there is one alternate allele: of several, not having this one is not having the reference.
                if (variant.Reference == effect && (other.Length == 0 ? candidates.Length == 1 : variant.Alternate == other))
                {
                    return (place, true, isOther);
                }
            }

            if (own.OtherAllele.Length == 0)
            {
                break;
            }
        }

        return (-1, false, false);
    }

    private static bool IsAmbiguous(Variant variant) =>
        variant.Reference.Length == 1 && variant.Alternate.Length == 1 && Nucleotides.ReverseComplement(variant.Reference) == variant.Alternate;

    private static ImmutableArray<Finding> Tell(PolygenicScore score, int found, int turned, int strand, int ambiguous)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        int wanted = score.Variants.Length;
        findings.Add(new Finding(GeneFindingCodes.ScoreFound, found < FewFound * wanted ? FindingSeverity.Warning : FindingSeverity.Note, null, found,
            string.Create(CultureInfo.InvariantCulture, $"Of the {wanted} variants of the score {score.Id} {found} are among the genotypes, {turned} of them with the effect on the reference's allele, {strand} on the other strand."),
            found < FewFound * wanted ? "Used without the others; a score with so few of its variants says less than published." : "Joined to the model as one feature."));
        if (ambiguous > 0)
        {
            findings.Add(new Finding(GeneFindingCodes.ScoreAmbiguous, FindingSeverity.Warning, null, ambiguous,
                $"{ambiguous} variants of the score {score.Id} have alleles that are each other's complement, so that their strand cannot be told.", "Left out of the score."));
        }

        return findings.ToImmutable();
    }
}
