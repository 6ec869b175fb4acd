using System.Collections.Immutable;
using MedTune.Evaluation;

namespace MedTune.Modalities.Tabular;

/// <summary>Turns probabilities into answers and figures.</summary>
internal static class PartEvaluator
{
    /// <summary>The answer for one sample.</summary>
    public static SamplePrediction Predicted(TabularData data, int row, int fold, ReadOnlySpan<float> probabilities, double threshold)
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

        var patients = data.Dataset.Patients;
        return new SamplePrediction(
            data.Dataset.RowNumbers[row], fold, data.Classes[row], predicted, all.MoveToImmutable(), threshold, patients is null ? row : patients[row]);
    }

    /// <summary>The figures of a part.</summary>
    public static PartEvaluation Evaluate(
        string part, IEnumerable<SamplePrediction> predictions, ImmutableArray<string> classes, bool hasPatients)
    {
        ImmutableArray<SamplePrediction> all = [.. predictions];
        int[] targets = [.. all.Select(prediction => prediction.Target)];
        int[]? folds = all.Any(prediction => prediction.Fold >= 0) ? [.. all.Select(prediction => prediction.Fold)] : null;
        int[]? groups = hasPatients ? [.. all.Select(prediction => prediction.Group)] : null;
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
