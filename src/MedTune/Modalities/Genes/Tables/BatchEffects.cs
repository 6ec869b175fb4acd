using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Evaluation;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Whether where or when samples were measured tells the label, and whether the measurements tell where or when (Leek et al., Nature Reviews Genetics 11, 2010).</summary>
internal static class BatchEffects
{
    private const double TellsLabel = 0.65;
    private const double TellsNearlyAll = 0.9;
    private const double MeasurementsTell = 0.8;
    private const double Penalty = 0.01;
    private const int Folds = 5;

    /// <summary>The set with what its batches tell among the findings.</summary>
    /// <param name="set">Labelled measurements or genotypes with columns of batches; others come back as they are.</param>
    /// <param name="seed">Seed of the folds.</param>
    /// <param name="pool">Threads.</param>
    /// <param name="cancellation">Stops it.</param>
    public static GeneSet Look(GeneSet set, ulong seed, TaskPool pool, CancellationToken cancellation)
    {
        if (set.Batches.IsEmpty || set.Form == GeneForm.Sequence)
        {
            return set;
        }

        return set.With(Of(GeneExperiment.DataOf(set), set.Batches, seed, pool, cancellation));
    }

    /// <summary>What the batches tell.</summary>
    public static ImmutableArray<Finding> Of(GeneData data, ImmutableArray<GeneBatch> batches, ulong seed, TaskPool pool, CancellationToken cancellation)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var batch in batches)
        {
            double label = LabelByBatch(data, batch.Values, seed);
            if (label >= TellsLabel)
            {
                bool isStop = label >= TellsNearlyAll;
                findings.Add(new Finding(GeneFindingCodes.BatchTellsLabel, isStop ? FindingSeverity.Stop : FindingSeverity.Warning, batch.Name, data.Rows,
                    string.Create(CultureInfo.InvariantCulture, $"The column '{batch.Name}' alone tells the label with an AUROC of {label:0.000}."),
                    isStop ? "Measure cases and controls together, or answer that the batch may tell." : "A model may have learned the batch: judge it on samples of another one."));
            }

            if (BatchByMeasurements(data, batch.Values, seed, pool, cancellation) is { } measured && measured >= MeasurementsTell)
            {
                findings.Add(new Finding(GeneFindingCodes.MeasurementsTellBatch, label >= TellsLabel ? FindingSeverity.Warning : FindingSeverity.Note, batch.Name, data.Rows,
                    string.Create(CultureInfo.InvariantCulture, $"The measurements tell the column '{batch.Name}' with an AUROC of {measured:0.000}."),
                    "Kept; with such differences a model may do worse on samples of a batch it has not seen."));
            }
        }

        return findings.ToImmutable();
    }

    /// <summary>The area under the ROC curve of the label's shares in each batch, as other folds have them; never below chance by much.</summary>
    internal static double LabelByBatch(GeneData data, ImmutableArray<string> batches, ulong seed)
    {
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        var folds = Splits.KFold([.. data.Classes], [.. data.Groups], Count([.. data.Classes], data, rows), seed, rows);
        int count = data.ClassNames.Length;
        var scores = Enumerable.Range(0, count).Select(_ => new double[data.Rows]).ToArray();
        for (int fold = 0; fold < folds.Folds; fold++)
        {
            int[] training = folds.TrainingRows(fold);
            double[] all = Shares(training, data, count, [.. Enumerable.Repeat(1.0 / count, count)], 1);
            var byBatch = training.GroupBy(row => batches[row], StringComparer.Ordinal).ToDictionary(group => group.Key, group => Shares([.. group], data, count, all, 1), StringComparer.Ordinal);
            foreach (int row in folds.TestRows(fold))
            {
                for (int label = 0; label < count; label++)
                {
                    scores[label][row] = byBatch.GetValueOrDefault(batches[row], all)[label];
                }
            }
        }

        return Mean(scores, [.. data.Classes], rows);
    }

    /// <summary>The area of a ridge regression of the batch on the measurements, out of fold; null where batches are too small to be learned.</summary>
    internal static double? BatchByMeasurements(GeneData data, ImmutableArray<string> batches, ulong seed, TaskPool pool, CancellationToken cancellation)
    {
        string[] names = [.. batches.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() >= 2 * Folds).Select(group => group.Key).Order(StringComparer.Ordinal)];
        if (names.Length < 2)
        {
            return null;
        }

        int[] numbers = [.. batches.Select(name => Array.IndexOf(names, name))];
        int[] rows = [.. Enumerable.Range(0, data.Rows).Where(row => numbers[row] >= 0)];
        int folds = Count(numbers, data, rows);
        if (folds < 2)
        {
            return null;
        }

        var scores = RidgeScores.Of(data.Values, data.Features.Length, Splits.KFold(numbers, [.. data.Groups], folds, seed, rows), pool);
        return scores.Margins(numbers, names.Length, Penalty, cancellation) is { } margins
            ? Mean(margins.Length == 1 ? [Array.ConvertAll(margins[0], margin => -margin), margins[0]] : margins, numbers, rows)
            : null;
    }

    private static int Count(int[] classes, GeneData data, int[] rows) => Math.Min(Folds, Math.Max(2, Splits.MostFolds(classes, [.. data.Groups], rows)));

    private static double[] Shares(int[] rows, GeneData data, int count, double[] prior, double weight) =>
        [.. Enumerable.Range(0, count).Select(label => (rows.Count(row => data.Classes[row] == label) + (weight * prior[label])) / (rows.Length + weight))];

    private static double Mean(double[][] scores, int[] classes, int[] rows)
    {
        int first = scores.Length == 2 ? 1 : 0;
        return Enumerable.Range(first, scores.Length - first).Average(label => Auroc.Of(Array.ConvertAll(rows, row => scores[label][row]), Array.ConvertAll(rows, row => classes[row] == label ? 1 : 0)));
    }
}
