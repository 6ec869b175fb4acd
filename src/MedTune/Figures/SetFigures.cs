using System.Collections.Immutable;
using MedTune.Evaluation;
using MedTune.Prediction;

namespace MedTune;

/// <summary>Prediction sets of a run: the rule from samples predicted out of fold, and how often the sets hold the truth.</summary>
internal static class SetFigures
{
    private const string Coverage = "set_coverage", Size = "set_size";

    /// <summary>The rule; null where too few samples were predicted out of fold.</summary>
    public static ManifestSets? Rule(PartEvaluation outOfFold, ImmutableArray<string> classes)
    {
        var rule = ConformalRule.Fit(Predictions(outOfFold, classes, hasPatients: true));
        return rule.Overall.IsReached ? new ManifestSets(rule.Options.Coverage, rule.Overall.Value) : null;
    }

    /// <summary>A part with the figures of its sets: out of fold each fold by the others' rule, elsewhere by the model's.</summary>
    public static PartEvaluation Add(PartEvaluation part, ImmutableArray<string> classes, ManifestSets? rule, bool hasPatients)
    {
        if (rule is null)
        {
            return part;
        }

        var predictions = Predictions(part, classes, hasPatients);
        bool isOutOfFold = part.Predictions.Any(prediction => prediction.Fold >= 0);
        var sets = isOutOfFold ? CrossConformal.Sets(predictions) : PredictionSets.ByThreshold(predictions.Probabilities, classes, rule.Threshold);
        if (sets is null)
        {
            return part;
        }

        var figures = ConformalEvaluation.Of(sets, predictions.Targets, predictions.Groups);
        return part with { Sets = figures, Metrics = part.Metrics.With(Coverage, figures.Overall.Coverage).With(Size, figures.Overall.MeanSize) };
    }

    private static MulticlassPredictions Predictions(PartEvaluation part, ImmutableArray<string> classes, bool hasPatients)
    {
        int[]? folds = part.Predictions.Any(prediction => prediction.Fold >= 0) ? [.. part.Predictions.Select(prediction => prediction.Fold)] : null;
        return new MulticlassPredictions(
            [.. part.Predictions.SelectMany(prediction => prediction.Probabilities)],
            [.. part.Predictions.Select(prediction => prediction.Target)],
            [.. classes],
            folds,
            hasPatients ? [.. part.Predictions.Select(prediction => prediction.Group)] : null);
    }
}
