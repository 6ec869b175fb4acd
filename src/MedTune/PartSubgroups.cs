using MedTune.Data;
using MedTune.Evaluation;

namespace MedTune;

/// <summary>Judges a part of the data by groups of people.</summary>
internal static class PartSubgroups
{
    /// <summary>The part with the figures of its groups.</summary>
    /// <param name="part">A part whose predictions are of the dataset's rows.</param>
    /// <param name="dataset">Says who belongs to which group.</param>
    public static PartEvaluation Add(PartEvaluation part, Dataset dataset) =>
        part.Binary is null ? part : Add(part, dataset.RowNumbers, dataset.Patients is not null, Subgroupings.Of(dataset));

    /// <summary>The part with the figures of its groups.</summary>
    /// <param name="part">A part whose predictions are of these rows.</param>
    /// <param name="rowNumbers">The row numbers of the data.</param>
    /// <param name="hasPatients">Whether rows that belong together are resampled together.</param>
    /// <param name="groupings">Who belongs to which group.</param>
    public static PartEvaluation Add(PartEvaluation part, IReadOnlyList<int> rowNumbers, bool hasPatients, IEnumerable<Subgrouping> groupings)
    {
        if (part.Binary is null)
        {
            return part;
        }

        var places = new Dictionary<int, int>();
        for (int row = 0; row < rowNumbers.Count; row++)
        {
            places[rowNumbers[row]] = row;
        }

        int[] rows = [.. part.Predictions.Select(prediction => places[prediction.Row])];
        var predictions = new BinaryPredictions(
            [.. part.Predictions.Select(prediction => prediction.Probabilities[1])],
            [.. part.Predictions.Select(prediction => prediction.Target)],
            null,
            hasPatients ? [.. part.Predictions.Select(prediction => prediction.Group)] : null);
        double[] thresholds = [.. part.Predictions.Select(prediction => prediction.Threshold)];
        var figures = groupings.Select(grouping => new SubgroupFigures(
            grouping.Name,
            SubgroupEvaluation.Of(predictions, thresholds, Array.ConvertAll(rows, row => grouping.GroupOfRow[row]), grouping.Groups)));
        return part with { Subgroups = [.. figures] };
    }
}
