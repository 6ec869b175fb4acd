using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>Two models on the same rows. Differences are candidate minus reference, row by row, so what makes a row hard for both cancels.</summary>
public sealed class PairedComparison
{
    private PairedComparison(ImmutableSortedDictionary<string, PairedDifference> differences) => Differences = differences;

    /// <summary>
    /// By metric name, in ordinal order. Two classes: <c>auroc</c> (paired DeLong), <c>brier</c>, <c>log_loss</c>; several classes:
    /// <c>accuracy</c>, <c>brier</c>, <c>log_loss</c>; several findings: <c>brier</c>, <c>log_loss</c>. With repeated patients all intervals come from the patient bootstrap.
    /// </summary>
    public ImmutableSortedDictionary<string, PairedDifference> Differences { get; }

    /// <summary>Compares two two-class models.</summary>
    /// <param name="reference">The model to hold against.</param>
    /// <param name="candidate">The other, on the same rows in the same order, with the same targets, folds and groups.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated or are not of the same rows.</exception>
    public static PairedComparison Of(BinaryPredictions reference, BinaryPredictions candidate, EvaluationOptions? options = null)
    {
        options = Check(options, reference.Check, candidate.Check);
        CheckSame(reference.Targets, candidate.Targets, "targets");
        CheckSame(reference.Folds, candidate.Folds, "folds");
        CheckSame(reference.Groups, candidate.Groups, "groups");

        int[] order = PairedRows.Order(reference.Targets, reference.Folds, reference.Groups, row => (reference.Probabilities[row], candidate.Probabilities[row]));
        PairedRows rows = new(order, reference.Folds, reference.Groups, options);
        double[] losses = rows.Pick(row => Loss(candidate, row) - Loss(reference, row));
        double[] squares = rows.Pick(row => SquaredError(candidate, row) - SquaredError(reference, row));
        double[] first = rows.Pick(row => reference.Probabilities[row]);
        double[] second = rows.Pick(row => candidate.Probabilities[row]);
        int[] targets = [.. rows.Pick(row => reference.Targets[row]).Select(t => (int)t)];
        return From(
        [
            PairedAuroc.Of(rows, first, second, targets),
            PairedMean.Of("log_loss", rows, losses),
            PairedMean.Of("brier", rows, squares),
        ]);
    }

    /// <summary>Compares two models of several classes.</summary>
    /// <param name="reference">The model to hold against.</param>
    /// <param name="candidate">The other, on the same rows in the same order, with the same classes, targets, folds and groups.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated or are not of the same rows.</exception>
    public static PairedComparison Of(MulticlassPredictions reference, MulticlassPredictions candidate, EvaluationOptions? options = null)
    {
        options = Check(options, reference.Check, candidate.Check);
        if (!reference.ClassNames.AsSpan().SequenceEqual(candidate.ClassNames))
        {
            throw new InvalidPredictionsException("Two models can be compared only on the same classes in the same order.");
        }
        CheckSame(reference.Targets, candidate.Targets, "targets");
        CheckSame(reference.Folds, candidate.Folds, "folds");
        CheckSame(reference.Groups, candidate.Groups, "groups");

        RowFigures first = RowFigures.Of(reference);
        RowFigures second = RowFigures.Of(candidate);
        int[] order = PairedRows.Order(reference.Targets, reference.Folds, reference.Groups, row => (first.Loss[row], second.Loss[row]));
        PairedRows rows = new(order, reference.Folds, reference.Groups, options);
        return From(
        [
            PairedMean.Of("log_loss", rows, rows.Pick(row => second.Loss[row] - first.Loss[row])),
            PairedMean.Of("brier", rows, rows.Pick(row => second.SquaredError[row] - first.SquaredError[row])),
            PairedMean.Of("accuracy", rows, rows.Pick(row => second.Hit[row] - first.Hit[row])),
        ]);
    }

    /// <summary>Compares two models of several findings: <c>log_loss</c> and <c>brier</c>, each the mean over the findings of a row.</summary>
    /// <param name="reference">The model to hold against.</param>
    /// <param name="candidate">The other, on the same rows in the same order, with the same findings, targets, folds and groups.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated or are not of the same rows.</exception>
    public static PairedComparison Of(MultilabelPredictions reference, MultilabelPredictions candidate, EvaluationOptions? options = null)
    {
        options = Check(options, reference.Check, candidate.Check);
        if (!reference.FindingNames.AsSpan().SequenceEqual(candidate.FindingNames))
        {
            throw new InvalidPredictionsException("Two models can be compared only on the same findings in the same order.");
        }
        CheckSame(reference.Targets, candidate.Targets, "targets");
        CheckSame(reference.Folds, candidate.Folds, "folds");
        CheckSame(reference.Groups, candidate.Groups, "groups");

        int findings = reference.FindingNames.Length;
        BinaryPredictions[] first = [.. Enumerable.Range(0, findings).Select(reference.Finding)];
        BinaryPredictions[] second = [.. Enumerable.Range(0, findings).Select(candidate.Finding)];
        double[] losses = Means(Loss), squares = Means(SquaredError);
        int[] order = PairedRows.Order(
            [.. Enumerable.Range(0, reference.Count).Select(row => first.Count(one => one.Targets[row] == 1))], reference.Folds, reference.Groups, row => (losses[row], squares[row]));
        PairedRows rows = new(order, reference.Folds, reference.Groups, options);
        return From([PairedMean.Of("log_loss", rows, rows.Pick(row => losses[row])), PairedMean.Of("brier", rows, rows.Pick(row => squares[row]))]);

        double[] Means(Func<BinaryPredictions, int, double> figure) =>
            [.. Enumerable.Range(0, reference.Count).Select(row => Enumerable.Range(0, findings).Average(k => figure(second[k], row) - figure(first[k], row)))];
    }

    private static PairedComparison From(IEnumerable<PairedDifference> differences) =>
        new(differences.ToImmutableSortedDictionary(one => one.Metric, one => one, StringComparer.Ordinal));

    private static EvaluationOptions Check(EvaluationOptions? options, Action reference, Action candidate)
    {
        options ??= EvaluationOptions.Default;
        options.Check();
        reference();
        candidate();
        return options;
    }

    private static void CheckSame(int[]? reference, int[]? candidate, string what)
    {
        if ((reference is null) != (candidate is null) || (reference is not null && !reference.AsSpan().SequenceEqual(candidate)))
        {
            throw new InvalidPredictionsException($"Two models can be compared only on the same rows in the same order, but their {what} differ.");
        }
    }

    private static double Loss(BinaryPredictions predictions, int row) => RowFigures.LossOf(
        predictions.Targets[row] == 1 ? predictions.Probabilities[row] : 1 - predictions.Probabilities[row]);

    private static double SquaredError(BinaryPredictions predictions, int row)
    {
        double difference = predictions.Probabilities[row] - predictions.Targets[row];
        return difference * difference;
    }
}
