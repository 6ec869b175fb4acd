using System.Collections.Immutable;
using MedTune.Evaluation;
using MedTune.Prediction;

namespace MedTune;

/// <summary>Prediction sets of several findings: for each a rule of its own, which says whether its presence, its absence or neither can be ruled out.</summary>
internal static class FindingSetFigures
{
    private const string Coverage = "set_coverage_", Size = "set_size_";

    /// <summary>A rule for each finding; null where too few samples were predicted out of fold.</summary>
    public static ImmutableArray<ManifestSets>? Rules(PartEvaluation outOfFold, ImmutableArray<string> findings)
    {
        var rules = ImmutableArray.CreateBuilder<ManifestSets>(findings.Length);
        for (int finding = 0; finding < findings.Length; finding++)
        {
            var rule = ConformalRule.Fit(Predictions(outOfFold, finding, hasPatients: true));
            if (!rule.Overall.IsReached)
            {
                return null;
            }

            rules.Add(new ManifestSets(rule.Options.Coverage, rule.Overall.Value));
        }

        return rules.MoveToImmutable();
    }

    /// <summary>A part with the figures of its sets: out of fold each fold by the others' rules, elsewhere by the model's.</summary>
    public static PartEvaluation Add(PartEvaluation part, ImmutableArray<string> findings, ImmutableArray<ManifestSets>? rules, bool hasPatients)
    {
        if (rules is not { } each)
        {
            return part;
        }

        bool isOutOfFold = part.Predictions.Any(prediction => prediction.Fold >= 0);
        var found = ImmutableArray.CreateBuilder<ConformalEvaluation>(findings.Length);
        var metrics = part.Metrics;
        for (int finding = 0; finding < findings.Length; finding++)
        {
            var predictions = Predictions(part, finding, hasPatients);
            var sets = isOutOfFold ? CrossConformal.Sets(predictions) : PredictionSets.ByThreshold(predictions.Probabilities, ManifestSets.Sides, each[finding].Threshold);
            if (sets is null)
            {
                return part;
            }

            found.Add(ConformalEvaluation.Of(sets, predictions.Targets, predictions.Groups));
            metrics = metrics.With(Coverage + findings[finding], found[^1].Overall.Coverage).With(Size + findings[finding], found[^1].Overall.MeanSize);
        }

        return part with { FindingSets = found.MoveToImmutable(), Metrics = metrics };
    }

    private static MulticlassPredictions Predictions(PartEvaluation part, int finding, bool hasPatients)
    {
        int[]? folds = part.Predictions.Any(prediction => prediction.Fold >= 0) ? [.. part.Predictions.Select(prediction => prediction.Fold)] : null;
        return new MulticlassPredictions(
            [.. part.Predictions.SelectMany(prediction => new[] { 1 - prediction.Probabilities[finding], prediction.Probabilities[finding] })],
            [.. part.Predictions.Select(prediction => prediction.Targets[finding])],
            [.. ManifestSets.Sides],
            folds,
            hasPatients ? [.. part.Predictions.Select(prediction => prediction.Group)] : null);
    }
}
