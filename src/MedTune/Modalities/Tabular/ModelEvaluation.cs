using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune.Modalities.Tabular;

/// <summary>Judges a finished model file on samples with known classes, through the predictor that users run.</summary>
internal static class ModelEvaluation
{
    /// <summary>On a dataset read by the model's own columns.</summary>
    public static PartEvaluation Of(ModelFile model, Dataset dataset, string part)
    {
        var data = MovedData.For(MovedData.Read(dataset, model.Manifest), model);
        return Of(model, data, [.. Enumerable.Range(0, data.Rows)], part);
    }

    /// <summary>On some rows of data whose raw inputs are those of the model.</summary>
    public static PartEvaluation Of(ModelFile model, TabularData data, ImmutableArray<int> rows, string part)
    {
        using var predictor = new Predictor(model);
        float[] probabilities = predictor.Probabilities(data.Inputs.Select(rows.AsSpan()));
        int classes = data.ClassCount;
        double threshold = model.Manifest.Threshold ?? double.NaN;
        var predictions = rows.Select((row, i) =>
            PartEvaluator.Answered(data.Sample(row, -1), probabilities.AsSpan(i * classes, classes), threshold));
        return PartEvaluator.Evaluate(part, predictions, data.ClassNames, data.Dataset.Patients is not null);
    }
}
