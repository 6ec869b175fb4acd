using System.Collections.Immutable;
using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune;

/// <summary>Turns margins of several findings into probabilities, answers and figures.</summary>
internal static class FindingAnswers
{
    /// <summary>One row of probabilities per sample, in float as the exported graph computes them.</summary>
    public static float[][] Probabilities(ReadOnlySpan<float> margins, int findings)
    {
        var rows = new float[margins.Length / findings][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new float[findings];
            for (int k = 0; k < findings; k++)
            {
                rows[i][k] = FloatMath.Sigmoid(margins[(i * findings) + k]);
            }
        }

        return rows;
    }

    /// <summary>The answer for one sample.</summary>
    /// <param name="sample">Row, fold, findings and group; what is answered is filled in.</param>
    /// <param name="probabilities">One per finding.</param>
    /// <param name="thresholds">From where on each finding is answered to be there.</param>
    public static SamplePrediction Answered(SamplePrediction sample, ReadOnlySpan<float> probabilities, ImmutableArray<double> thresholds)
    {
        var all = ImmutableArray.CreateBuilder<double>(probabilities.Length);
        foreach (float probability in probabilities)
        {
            all.Add(probability);
        }

        return sample with { Probabilities = all.MoveToImmutable(), Thresholds = thresholds };
    }

    /// <summary>The figures of a part.</summary>
    public static PartEvaluation Evaluate(string part, ImmutableArray<SamplePrediction> predictions, ImmutableArray<string> findings, int[]? folds, int[]? groups)
    {
        var rows = new MultilabelPredictions(
            [.. predictions.SelectMany(prediction => prediction.Probabilities)], [.. predictions.SelectMany(prediction => prediction.Targets)], [.. findings], folds, groups);
        var evaluation = MultilabelEvaluation.Of(rows, [.. predictions.SelectMany(prediction => prediction.Thresholds)]);
        return new PartEvaluation(part, predictions, new Metrics(evaluation.Metrics)) { Multilabel = evaluation };
    }
}
