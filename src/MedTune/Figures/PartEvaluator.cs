using System.Collections.Immutable;
using MedTune.Evaluation;

namespace MedTune;

/// <summary>Turns probabilities into answers and figures.</summary>
internal static class PartEvaluator
{
    /// <summary>The answer for one sample.</summary>
    /// <param name="sample">Row, fold, target and group; what is answered is filled in.</param>
    /// <param name="probabilities">One per class.</param>
    /// <param name="threshold">From where on the second of two classes is answered; NaN for several.</param>
    public static SamplePrediction Answered(SamplePrediction sample, ReadOnlySpan<float> probabilities, double threshold)
    {
        int predicted = 0;
        if (double.IsNaN(threshold))
        {
            for (int k = 1; k < probabilities.Length; k++)
            {
                predicted = probabilities[k] > probabilities[predicted] ? k : predicted;
            }
        }
        else
        {
            predicted = probabilities[1] >= threshold ? 1 : 0;
        }

        var all = ImmutableArray.CreateBuilder<double>(probabilities.Length);
        foreach (float probability in probabilities)
        {
            all.Add(probability);
        }

        return sample with { Predicted = predicted, Probabilities = all.MoveToImmutable(), Threshold = threshold };
    }

    /// <summary>The same for classes or findings.</summary>
    /// <param name="sample">Row, fold, target and group; what is answered is filled in.</param>
    /// <param name="probabilities">One per class or finding.</param>
    /// <param name="thresholds">One for classes, one for each finding.</param>
    public static SamplePrediction Answered(SamplePrediction sample, ReadOnlySpan<float> probabilities, ImmutableArray<double> thresholds) =>
        sample.Targets.IsEmpty ? Answered(sample, probabilities, thresholds[0]) : FindingAnswers.Answered(sample, probabilities, thresholds);

    /// <summary>The figures of a part.</summary>
    public static PartEvaluation Evaluate(
        string part, IEnumerable<SamplePrediction> predictions, ImmutableArray<string> classes, bool hasPatients)
    {
        ImmutableArray<SamplePrediction> all = [.. predictions];
        int[] targets = [.. all.Select(prediction => prediction.Target)];
        int[]? folds = all.Any(prediction => prediction.Fold >= 0) ? [.. all.Select(prediction => prediction.Fold)] : null;
        int[]? groups = hasPatients ? [.. all.Select(prediction => prediction.Group)] : null;
        if (all is [{ Targets.IsEmpty: false }, ..])
        {
            return FindingAnswers.Evaluate(part, all, classes, folds, groups);
        }

        if (classes.Length == 2)
        {
            var rows = new BinaryPredictions([.. all.Select(prediction => prediction.Probabilities[1])], targets, folds, groups);
            var binary = BinaryEvaluation.Of(rows, [.. all.Select(prediction => prediction.Threshold)]);
            return new PartEvaluation(part, all, new Metrics(binary.Metrics)) { Binary = binary, Decision = DecisionCurve.Of(rows) };
        }

        var several = MulticlassEvaluation.Of(
            new MulticlassPredictions([.. all.SelectMany(prediction => prediction.Probabilities)], targets, [.. classes], folds, groups));
        return new PartEvaluation(part, all, new Metrics(several.Metrics)) { Multiclass = several };
    }
}
