using MedTune.Data.Genes;
using MedTune.Prediction;

namespace MedTune.Modalities.Genes;

/// <summary>Judges a finished model file on samples with known classes, through the predictor that users run.</summary>
internal static class GeneEvaluation
{
    /// <summary>On some samples.</summary>
    /// <param name="model">The model.</param>
    /// <param name="set">Samples with the model's classes in its order.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="part">What the part is called.</param>
    /// <param name="threads">At least 1; it changes no bit.</param>
    public static PartEvaluation Of(ModelFile model, GeneSet set, int[] rows, string part, int threads)
    {
        using var predictor = new GenePredictor(model, threads);
        var answers = predictor.Predict(set.Take(rows));
        double threshold = model.Manifest.Threshold ?? double.NaN;
        var predictions = rows.Select((row, i) => PartEvaluator.Answered(Sample(set, row, -1), Array.ConvertAll([.. answers[i].Probabilities], p => (float)p), threshold));
        return PartEvaluator.Evaluate(part, predictions, model.Manifest.Classes, HasGroups(set));
    }

    /// <summary>The part with the figures of groups of people; a column of which every group is too small is left out.</summary>
    public static PartEvaluation WithSubgroups(PartEvaluation part, GeneSet set)
    {
        var judged = PartSubgroups.Add(part, set.RowNumbers, HasGroups(set), set.Subgroups);
        return judged with { Subgroups = [.. judged.Subgroups.Where(figures => figures.Groups.Any(group => !group.IsTooFew))] };
    }

    /// <summary>A sample that is not answered yet.</summary>
    public static SamplePrediction Sample(GeneSet set, int row, int fold) => new(set.RowNumbers[row], fold, set.Labels[row], -1, [], double.NaN, set.Groups[row]);

    /// <summary>Whether any two samples belong together, so that intervals must be by groups.</summary>
    public static bool HasGroups(GeneSet set) => set.Groups.Distinct().Count() < set.Groups.Length;
}
