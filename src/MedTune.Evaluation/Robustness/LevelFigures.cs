namespace MedTune.Evaluation;

/// <summary>One metric at every level as a function of how often each row counts, so that one resample serves all levels.</summary>
internal sealed class LevelFigures
{
    private readonly PairedRows _rows;
    private readonly Func<int[], double>[] _figures;
    private readonly double _sign;

    private LevelFigures(string metric, bool isHigherBetter, PairedRows rows, Func<int[], double>[] figures)
    {
        Metric = metric;
        _sign = isHigherBetter ? 1 : -1;
        _rows = rows;
        _figures = figures;
    }

    public string Metric { get; }

    /// <summary>The metrics of two classes.</summary>
    public static IEnumerable<LevelFigures> Of(IReadOnlyList<BinaryPredictions> levels, EvaluationOptions options)
    {
        int[] targets = levels[0].Targets;
        PairedRows rows = Rows([.. levels.Select(one => one.Probabilities)], targets, levels[0].Groups, options);
        int[] sorted = Array.ConvertAll(rows.Pick(row => targets[row]), target => (int)target);
        double[][] probabilities = [.. levels.Select(one => rows.Pick(row => one.Probabilities[row]))];
        return
        [
            new LevelFigures("auroc", true, rows, [.. probabilities.Select(one => PairedAuroc.AreaOf(one, sorted))]),
            new LevelFigures("brier", false, rows, [.. probabilities.Select(one => Mean(i => (one[i] - sorted[i]) * (one[i] - sorted[i]), rows.Count))]),
            new LevelFigures("log_loss", false, rows, [.. probabilities.Select(one => Mean(i => RowFigures.LossOf(sorted[i] == 1 ? one[i] : 1 - one[i]), rows.Count))]),
        ];
    }

    /// <summary>The metrics of several classes.</summary>
    public static IEnumerable<LevelFigures> Of(IReadOnlyList<MulticlassPredictions> levels, EvaluationOptions options)
    {
        RowFigures[] found = [.. levels.Select(RowFigures.Of)];
        PairedRows rows = Rows([.. found.SelectMany(one => new[] { one.Loss, one.SquaredError, one.Hit })], levels[0].Targets, levels[0].Groups, options);
        return
        [
            new LevelFigures("accuracy", true, rows, Means(one => one.Hit)),
            new LevelFigures("brier", false, rows, Means(one => one.SquaredError)),
            new LevelFigures("log_loss", false, rows, Means(one => one.Loss)),
        ];

        Func<int[], double>[] Means(Func<RowFigures, double[]> figure) =>
            [.. found.Select(figure).Select(values => rows.Pick(row => values[row])).Select(values => Mean(i => values[i], values.Length))];
    }

    /// <summary>The relative loss of each level above 0, and last their mean.</summary>
    public Estimate[] RelativeLosses()
    {
        double[] values = new double[_figures.Length];
        int[] once = new int[_rows.Count];
        Array.Fill(once, 1);
        Losses(once, values);
        if (!double.IsFinite(values[^1]))
        {
            return Array.ConvertAll(values, _ => Estimate.Undefined("undefined: the metric is not defined, or 0 at level 0"));
        }

        double[][] replicates = Bootstrap.Replicates(
            _rows.Options.Seed, _rows.UnitCount, _rows.Options.ResamplesFor(_rows.Count), values.Length, (counts, figures) =>
            {
                int[] weights = new int[_rows.Count];
                for (int i = 0; i < weights.Length; i++)
                {
                    weights[i] = counts[_rows.Units[i]];
                }
                Losses(weights, figures);
            });
        return [.. values.Select((value, i) => (Bootstrap.Percentile(replicates[i], _rows.IsClustered, _rows.Options)
            ?? Interval.None("no interval: every bootstrap resample gave the same figure")).Around(value))];
    }

    private void Losses(int[] weights, Span<double> losses)
    {
        double clean = _figures[0](weights);
        double sum = 0;
        for (int level = 1; level < _figures.Length; level++)
        {
            losses[level - 1] = clean == 0 ? double.NaN : _sign * (clean - _figures[level](weights)) / clean;
            sum += losses[level - 1];
        }
        losses[^1] = sum / (_figures.Length - 1);
    }

    /// <summary>Sorts by target, then by the keys of each level, then by patient.</summary>
    private static PairedRows Rows(double[][] keys, int[] targets, int[]? groups, EvaluationOptions options)
    {
        int[] order = [.. Enumerable.Range(0, targets.Length)];
        order.AsSpan().Sort((a, b) =>
        {
            int result = targets[a].CompareTo(targets[b]);
            for (int level = 0; result == 0 && level < keys.Length; level++)
            {
                result = (keys[level][a] + 0.0).CompareTo(keys[level][b] + 0.0);
            }
            return result != 0 || groups is null ? result : groups[a].CompareTo(groups[b]);
        });
        return new PairedRows(order, null, groups, options);
    }

    private static Func<int[], double> Mean(Func<int, double> value, int count)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = value(i);
        }
        return weights => PairedMean.WeightedMean(values, weights);
    }
}
