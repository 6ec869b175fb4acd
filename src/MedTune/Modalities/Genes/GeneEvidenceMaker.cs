using System.Collections.Immutable;
using MedTune.Data.Genes;
using MedTune.Prediction;

namespace MedTune.Modalities.Genes;

/// <summary>Gathers what the report shows of a model for gene data.</summary>
internal static class GeneEvidenceMaker
{
    private const int MostGenes = 50;
    private const int MostWords = 20;

    /// <summary>From the final model.</summary>
    /// <param name="set">All samples.</param>
    /// <param name="data">The same as the model sees them.</param>
    /// <param name="final">What was chosen.</param>
    /// <param name="model">Its file.</param>
    /// <param name="split">Which samples it has not seen.</param>
    /// <param name="threads">At least 1; it changes no bit.</param>
    public static GeneEvidence Of(GeneSet set, GeneData data, GeneChoice final, ModelFile model, GeneSplit split, int threads) => Floors(set) with
    {
        Genes = Chosen(data, final),
        Words = Words(data, final),
        Motifs = SequenceMotifs.Of(model, data, final, split.Learned, threads),
        Mutations = MutationMaps.Of(model, data, split.Test.Length > 0 ? split.Test : split.Learned, threads),
    };

    /// <summary>What needs no model.</summary>
    public static GeneEvidence Floors(GeneSet set) => new()
    {
        Form = set.Form,
        MajorityShare = (double)set.Labels.GroupBy(label => label).Max(group => group.Count()) / set.Labels.Length,
        Floors = set.Floors,
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

    /// <summary>For each class the words that speak for it.</summary>
    private static ImmutableArray<SequenceWord> Words(GeneData data, GeneChoice final)
    {
        var words = final.Members.Select(member => member.Fit.Words).FirstOrDefault(words => !words.IsEmpty, []);
        return
        [
            .. words.Where(word => word.Weight != 0 && (data.Margins == 1 || word.Weight > 0))
                .Select(word => new SequenceWord(word.Word, word.BothStrands, data.ClassNames[data.Margins > 1 ? word.Margin : word.Weight > 0 ? 1 : 0], Math.Abs(word.Weight)))
                .GroupBy(word => word.Class, StringComparer.Ordinal)
                .OrderBy(group => data.ClassNames.IndexOf(group.Key))
                .SelectMany(group => group.OrderByDescending(word => word.Weight).ThenBy(word => word.Word, StringComparer.Ordinal).Take(MostWords)),
        ];
    }
}
