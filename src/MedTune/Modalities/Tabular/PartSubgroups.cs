using MedTune.Data;
using MedTune.Evaluation;

namespace MedTune.Modalities.Tabular;

/// <summary>Judges a part of the data by groups of people.</summary>
internal static class PartSubgroups
{
    /// <summary>The part with the figures of its groups.</summary>
    /// <param name="part">A part whose predictions are of the dataset's rows.</param>
    /// <param name="dataset">Says who belongs to which group.</param>
    public static PartEvaluation Add(PartEvaluation part, Dataset dataset)
    {
        if (part.Binary is null)
        {
            return part;
        }

        var places = new Dictionary<int, int>();
        for (int row = 0; row < dataset.RowCount; row++)
        {
            places[dataset.RowNumbers[row]] = row;
        }

        int[] rows = [.. part.Predictions.Select(prediction => places[prediction.Row])];
        var predictions = new BinaryPredictions(
            [.. part.Predictions.Select(prediction => prediction.Probabilities[1])],
            [.. part.Predictions.Select(prediction => prediction.Target)],
            null,
            dataset.Patients is null ? null : [.. part.Predictions.Select(prediction => prediction.Group)]);
        double[] thresholds = [.. part.Predictions.Select(prediction => prediction.Threshold)];
        var figures = Subgroupings.Of(dataset).Select(grouping => new SubgroupFigures(
            grouping.Name,
            SubgroupEvaluation.Of(predictions, thresholds, Array.ConvertAll(rows, row => grouping.GroupOfRow[row]), grouping.Groups)));
        return part with { Subgroups = [.. figures] };
    }
}
