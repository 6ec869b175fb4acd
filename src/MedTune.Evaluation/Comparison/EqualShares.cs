using System.Collections.Immutable;

namespace MedTune.Evaluation;

/// <summary>What a two-class model's probabilities would become, had both classes been given equal shares in training by resampling or by weights.</summary>
/// <remarks>
/// Another share of the positive class multiplies the odds of every row by the same factor (Elkan, The foundations of cost-sensitive learning,
/// IJCAI 2001, theorem 2): from share b to one half, p becomes p (1 - b) / (p (1 - b) + (1 - p) b). The order of the rows stays as it is, and
/// so does the AUROC. What resampling adds on top (rows thrown away, rows invented) is not in these figures.
/// </remarks>
public sealed class EqualShares
{
    private EqualShares(double share, double[] probabilities, ProbabilityFigures asIs, ProbabilityFigures shifted, (Estimate LogLoss, Estimate Brier) more, CalibrationCurve curve)
    {
        Share = share;
        Probabilities = [.. probabilities];
        AsIs = asIs;
        Shifted = shifted;
        LogLossIncrease = more.LogLoss;
        BrierIncrease = more.Brier;
        CalibrationCurve = curve;
    }

    /// <summary>The share of the positive class, above 0 and below 1. A row with just this probability would get one half.</summary>
    public double Share { get; }

    /// <summary>By what the odds are multiplied: (1 - share) / share.</summary>
    public double OddsFactor => (1 - Share) / Share;

    /// <summary>The shifted probability of each row, in the order given.</summary>
    public ImmutableArray<double> Probabilities { get; }

    /// <summary>The probabilities as the model gives them.</summary>
    public ProbabilityFigures AsIs { get; }

    /// <summary>The shifted ones.</summary>
    public ProbabilityFigures Shifted { get; }

    /// <summary>Log-loss of the shifted probabilities minus that of the model's own, row by row.</summary>
    public Estimate LogLossIncrease { get; }

    /// <summary>The same for the Brier score.</summary>
    public Estimate BrierIncrease { get; }

    /// <summary>Observed risk against the shifted one.</summary>
    public CalibrationCurve CalibrationCurve { get; }

    /// <summary>Shifts probabilities that a model gave for rows it was not trained on.</summary>
    /// <param name="predictions">The rows; their share of positive ones is taken for the share in training.</param>
    /// <param name="options">Null: <see cref="EvaluationOptions.Default"/>.</param>
    /// <returns>Null when only one class occurs: there is no share to change.</returns>
    /// <exception cref="InvalidPredictionsException">The predictions cannot be evaluated.</exception>
    public static EqualShares? Of(BinaryPredictions predictions, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        options ??= EvaluationOptions.Default;
        options.Check();
        predictions.Check();
        double share = (double)predictions.Targets.Sum() / predictions.Count;
        if (share is 0 or 1)
        {
            return null;
        }

        double[] own = predictions.Probabilities;
        double[] shifted = Array.ConvertAll(own, p => p * (1 - share) / ((p * (1 - share)) + ((1 - p) * share)));
        int[] order = PairedRows.Order(predictions.Targets, null, predictions.Groups, row => (own[row], shifted[row]));
        var rows = new PairedRows(order, null, predictions.Groups, options);
        int[] targets = Array.ConvertAll(rows.Pick(row => predictions.Targets[row]), target => (int)target);
        var (first, second) = (rows.Pick(row => own[row]), rows.Pick(row => shifted[row]));
        var (loss, square) = (Each(first, targets, Loss), Each(first, targets, Square));
        var (shiftedLoss, shiftedSquare) = (Each(second, targets, Loss), Each(second, targets, Square));
        return new EqualShares(
            share,
            shifted,
            Figures(first, loss, square, share),
            Figures(second, shiftedLoss, shiftedSquare, share),
            (Increase("log_loss", rows, loss, shiftedLoss), Increase("brier", rows, square, shiftedSquare)),
            CalibrationCurve.Of(BinarySample.Of(predictions with { Probabilities = shifted }, [0.5]), options));
    }

    private static ProbabilityFigures Figures(double[] probabilities, double[] losses, double[] squares, double share)
    {
        double mean = MeanInterval.Mean(probabilities);
        return new ProbabilityFigures(MeanInterval.Mean(losses), MeanInterval.Mean(squares), mean, share / mean);
    }

    private static Estimate Increase(string metric, PairedRows rows, double[] before, double[] after) =>
        PairedMean.Of(metric, rows, [.. after.Zip(before, (a, b) => a - b)]).Difference;

    private static double[] Each(double[] probabilities, int[] targets, Func<double, int, double> figure) =>
        [.. probabilities.Zip(targets, figure)];

    private static double Loss(double probability, int target) => RowFigures.LossOf(target == 1 ? probability : 1 - probability);

    private static double Square(double probability, int target) => (probability - target) * (probability - target);
}
