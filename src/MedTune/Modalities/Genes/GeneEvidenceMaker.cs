using System.Collections.Immutable;
using MedTune.Data.Genes;

namespace MedTune.Modalities.Genes;

/// <summary>Gathers what the report shows of a model for gene data.</summary>
internal static class GeneEvidenceMaker
{
    private const int MostGenes = 50;

    /// <summary>From the final model.</summary>
    public static GeneEvidence Of(GeneSet set, GeneData data, GeneChoice final) => new()
    {
        Form = set.Form,
        MajorityShare = (double)set.Labels.GroupBy(label => label).Max(group => group.Count()) / set.Labels.Length,
        Floors = set.Floors,
        Genes = Chosen(data, final),
    };

    /// <summary>Of the linear model, whether or not it counts: it is the one that can be read.</summary>
    private static ImmutableArray<ChosenGene> Chosen(GeneData data, GeneChoice final)
    {
        var weights = final.Members.Select(member => member.Fit.Weights).FirstOrDefault(weights => !weights.IsEmpty, []);
        return
        [
            .. weights.OrderByDescending(weight => weight.Selected).ThenByDescending(weight => Math.Abs(weight.Weight)).ThenBy(weight => weight.Feature).Take(MostGenes)
                .Select(weight => new ChosenGene(data.Features[weight.Feature], ClassOf(data, weight), Math.Abs(weight.Weight), weight.Selected)),
        ];
    }

    /// <summary>Of two classes a weight below 0 speaks for the first; of several it speaks against its own.</summary>
    private static string ClassOf(GeneData data, GeneWeight weight) => data.Margins == 1
        ? data.ClassNames[weight.Weight >= 0 ? 1 : 0]
        : weight.Weight >= 0 ? data.ClassNames[weight.Margin] : $"not {data.ClassNames[weight.Margin]}";
}
