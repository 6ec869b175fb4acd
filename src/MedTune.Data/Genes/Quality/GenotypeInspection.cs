using System.Collections.Immutable;

namespace MedTune.Data.Genes;

/// <summary>A look at genotypes before anything is trained: which samples are one person, which variants say nothing.</summary>
/// <param name="Alike">Pairs of samples that agree at nearly all variants.</param>
/// <param name="Groups">For each sample the number of its group: samples of one group belong on the same side of every split.</param>
/// <param name="Findings">What was found and what to do about it.</param>
public sealed record GenotypeInspection(ImmutableArray<AlikeSamples> Alike, ImmutableArray<int> Groups, ImmutableArray<Finding> Findings)
{
    /// <summary>Pairs of samples that are related, twins and repeated persons among them; found where at least 1,000 common variants are there (5,000 for second degrees).</summary>
    public ImmutableArray<RelatedSamples> Related { get; init; } = [];

    private const double LeastConcordance = 0.99;
    private const int LeastCompared = 40;
    private const int MostCompared = 2000;
    private const double MostUnknown = 0.1;

    /// <summary>Looks at a set.</summary>
    /// <param name="set">The genotypes.</param>
    /// <remarks>Samples are compared at up to 2,000 variants that vary, spread over the file. Fewer than 40 such variants cannot tell persons apart, and no pair is named then.
    /// Two different persons agree at about half of common variants.</remarks>
    public static GenotypeInspection Run(GenotypeSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var findings = new List<Finding>();
        GenotypeColumn[] varying = [.. set.Variants.Where(IsVarying)];
        int unknown = set.Variants.Count(column => Unknown(column) > MostUnknown * set.Samples.Length);
        Add(GeneFindingCodes.ConstantVariants, FindingSeverity.Note, set.Variants.Length - varying.Length, "variants are the same in all samples", "Kept; they say nothing, and a model gives them no weight.");
        Add(GeneFindingCodes.UncalledVariants, FindingSeverity.Warning, unknown, "variants are unknown in more than 10 % of the samples", "Kept; where cases and controls were called apart, missing genotypes can tell the label.");
        var alike = varying.Length < LeastCompared ? [] : FindAlike(Profiles(varying, set.Samples.Length));
        int[] groups = [.. Enumerable.Range(0, set.Samples.Length)];
        var related = Kinship.Of(set).Close();
        foreach (var (first, second) in alike.Select(pair => (pair.First, pair.Second)).Concat(related.Select(pair => (pair.First, pair.Second))))
        {
            (int from, int to) = (Math.Max(groups[first], groups[second]), Math.Min(groups[first], groups[second]));
            groups = from == to ? groups : [.. groups.Select(group => group == from ? to : group)];
        }

        Add(GeneFindingCodes.AlikeSamples, FindingSeverity.Warning, alike.Length, "pairs of samples have nearly the same genotypes: one person twice, or identical twins", "Kept on one side of every split.");
        Add(GeneFindingCodes.ContradictingSamples, FindingSeverity.Warning, alike.Count(pair => set.Labels[pair.First] != set.Labels[pair.Second]), "of those pairs have two labels", "Kept; look at both, a sample may have been swapped.");
        int largest = groups.GroupBy(group => group).Max(group => group.Count());
        Add(GeneFindingCodes.RelatedSamples, FindingSeverity.Warning, related.Length, $"pairs of samples are related by their genotypes; the largest family has {largest} of {groups.Length} samples", "Kept on one side of every split.");
        return new GenotypeInspection(alike, [.. RowGroups.Renumber(groups)], [.. findings]) { Related = related };

        void Add(string code, FindingSeverity severity, int count, string what, string action)
        {
            if (count > 0)
            {
                findings.Add(new Finding(code, severity, null, count, $"{count} {what}.", action));
            }
        }
    }

    private static bool IsVarying(GenotypeColumn column)
    {
        int first = -1;
        foreach (sbyte dosage in column.Dosages)
        {
            if (dosage >= 0 && first >= 0 && dosage != first)
            {
                return true;
            }

            first = dosage >= 0 ? dosage : first;
        }

        return false;
    }

    private static int Unknown(GenotypeColumn column) => column.Dosages.Count((sbyte)-1);

    /// <summary>For each sample its dosages at the compared variants.</summary>
    private static sbyte[][] Profiles(GenotypeColumn[] varying, int samples)
    {
        int count = Math.Min(varying.Length, MostCompared);
        var profiles = new sbyte[samples][];
        for (int sample = 0; sample < samples; sample++)
        {
            profiles[sample] = new sbyte[count];
        }

        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<sbyte> dosages = varying[(int)((long)i * varying.Length / count)].Dosages;
            for (int sample = 0; sample < samples; sample++)
            {
                profiles[sample][i] = dosages[sample];
            }
        }

        return profiles;
    }

    private static ImmutableArray<AlikeSamples> FindAlike(sbyte[][] profiles)
    {
        var found = ImmutableArray.CreateBuilder<AlikeSamples>();
        for (int first = 0; first < profiles.Length; first++)
        {
            for (int second = first + 1; second < profiles.Length; second++)
            {
                double concordance = Concordance(profiles[first], profiles[second]);
                if (concordance >= LeastConcordance)
                {
                    found.Add(new AlikeSamples(first, second, concordance));
                }
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The share of agreement; 0 as soon as too many differ, or where too few are known in both.</summary>
    private static double Concordance(sbyte[] one, sbyte[] other)
    {
        (int known, int differ) = (0, 0);
        int allowed = (int)((1 - LeastConcordance) * one.Length);
        for (int i = 0; i < one.Length && differ <= allowed; i++)
        {
            if (one[i] >= 0 && other[i] >= 0)
            {
                known++;
                differ += one[i] == other[i] ? 0 : 1;
            }
        }

        return differ > allowed || known < LeastCompared ? 0 : 1 - ((double)differ / known);
    }
}
