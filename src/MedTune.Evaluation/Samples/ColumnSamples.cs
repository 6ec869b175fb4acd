namespace MedTune.Evaluation;

/// <summary>
/// Several columns of two-class predictions on the same rows, the rows in one canonical order (all targets and probabilities, then patient), so that a
/// resample draws the same patients for every column and is the same whatever order the rows came in.
/// </summary>
internal sealed class ColumnSamples
{
    private ColumnSamples(BinarySample[] columns, BinarySample pooled, int rows, int unitCount)
    {
        Columns = columns;
        Pooled = pooled;
        Count = rows;
        UnitCount = unitCount;
    }

    /// <summary>Each column alone.</summary>
    public BinarySample[] Columns { get; }

    /// <summary>All columns below each other: a row counts once per column, and is drawn with all of them.</summary>
    public BinarySample Pooled { get; }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>What the bootstrap draws: patients, or rows.</summary>
    public int UnitCount { get; }

    /// <summary>Whether patients repeat.</summary>
    public bool IsClustered => UnitCount < Count;

    /// <summary>The samples of checked predictions.</summary>
    /// <param name="predictions">Probabilities and targets, rows x findings.</param>
    /// <param name="thresholds">One per row and column, as the probabilities.</param>
    public static ColumnSamples Of(MultilabelPredictions predictions, double[] thresholds)
    {
        int columns = predictions.FindingNames.Length;
        int[] order = Order(predictions, columns);
        (int[] units, int unitCount) = ResamplingUnits.Of(
            predictions.Groups is null ? null : Array.ConvertAll(order, row => predictions.Groups[row]), order.Length);

        double[][] probabilities = [.. Enumerable.Range(0, columns).Select(c => Array.ConvertAll(order, row => predictions.Probabilities[(row * columns) + c]))];
        int[][] targets = [.. Enumerable.Range(0, columns).Select(c => Array.ConvertAll(order, row => predictions.Targets[(row * columns) + c]))];
        bool[][] decisions = [.. Enumerable.Range(0, columns).Select(c => Array.ConvertAll(order, row => predictions.Probabilities[(row * columns) + c] >= thresholds[(row * columns) + c]))];
        return new ColumnSamples(
            [.. Enumerable.Range(0, columns).Select(c => BinarySample.Of(probabilities[c], targets[c], decisions[c], units, unitCount))],
            BinarySample.Of(
                [.. probabilities.SelectMany(column => column)],
                [.. targets.SelectMany(column => column)],
                [.. decisions.SelectMany(column => column)],
                [.. Enumerable.Repeat(units, columns).SelectMany(column => column)],
                unitCount),
            order.Length,
            unitCount);
    }

    private static int[] Order(MultilabelPredictions predictions, int columns)
    {
        int[] order = [.. Enumerable.Range(0, predictions.Count)];
        order.AsSpan().Sort((a, b) =>
        {
            int result = 0;
            for (int c = 0; result == 0 && c < columns; c++)
            {
                result = predictions.Targets[(a * columns) + c].CompareTo(predictions.Targets[(b * columns) + c]);

                // Adding 0 makes -0 and 0 one number.
                result = result != 0
                    ? result
                    : (predictions.Probabilities[(a * columns) + c] + 0.0).CompareTo(predictions.Probabilities[(b * columns) + c] + 0.0);
            }
            return result != 0 || predictions.Groups is null ? result : predictions.Groups[a].CompareTo(predictions.Groups[b]);
        });
        return order;
    }
}
