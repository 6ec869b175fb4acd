using System.Globalization;

namespace MedTune.Evaluation;

/// <summary>The figures over all findings: means of the findings' figures, figures of all findings pooled, and one bootstrap for all.</summary>
internal sealed class FindingAverages
{
    private static readonly BinaryMetric[] Metrics = [new AurocMetric(), new AveragePrecisionMetric(), new F1Metric()];

    private readonly ColumnSamples _samples;
    private readonly EvaluationOptions _options;
    private readonly WeightedBinarySample[] _columns;
    private readonly WeightedBinarySample _pooled;
    private int _incomplete;

    private FindingAverages(ColumnSamples samples, EvaluationOptions options)
    {
        _samples = samples;
        _options = options;
        _columns = [.. samples.Columns.Select(column => new WeightedBinarySample(column, options)).Where(HasBoth)];
        _pooled = new WeightedBinarySample(samples.Pooled, options);
    }

    /// <summary>macro_ and micro_ of each metric, by name.</summary>
    public static Dictionary<string, Estimate> Of(ColumnSamples samples, EvaluationOptions options)
    {
        FindingAverages averages = new(samples, options);
        double[] values = new double[2 * Metrics.Length];
        averages.Figures(values);
        double[][] replicates = values.All(double.IsNaN)
            ? []
            : Bootstrap.Replicates(options.Seed, samples.UnitCount, options.ResamplesFor(samples.Count), values.Length, averages.Measure);
        Dictionary<string, Estimate> found = [];
        for (int i = 0; i < Metrics.Length; i++)
        {
            found.Add("macro_" + Metrics[i].Name, averages.Close(values[i], replicates, i, "undefined: no finding has both positive and negative rows", averages.Left()));
            int micro = Metrics.Length + i;
            found.Add("micro_" + Metrics[i].Name, averages.Close(values[micro], replicates, micro, "undefined: all findings of all rows are alike", ""));
        }
        return found;
    }

    private static bool HasBoth(WeightedBinarySample sample) => sample.Positives > 0 && sample.Negatives > 0;

    private void Measure(ReadOnlySpan<int> unitCounts, Span<double> figures)
    {
        foreach (WeightedBinarySample column in _columns)
        {
            column.Draw(unitCounts);
        }
        _pooled.Draw(unitCounts);
        _incomplete += _columns.All(HasBoth) ? 0 : 1;
        Figures(figures);
    }

    private void Figures(Span<double> figures)
    {
        for (int i = 0; i < Metrics.Length; i++)
        {
            double sum = 0;
            int count = 0;
            foreach (WeightedBinarySample column in _columns)
            {
                if (HasBoth(column))
                {
                    sum += Metrics[i].Value(column);
                    count++;
                }
            }
            figures[i] = count == 0 ? double.NaN : sum / count;
            figures[Metrics.Length + i] = HasBoth(_pooled) ? Metrics[i].Value(_pooled) : double.NaN;
        }
    }

    private string Left() => _incomplete == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
        $"; in {_incomplete} of them a finding had no positive or no negative rows and was left out of the mean");

    private Estimate Close(double value, double[][] replicates, int output, string whyUndefined, string remark)
    {
        if (double.IsNaN(value))
        {
            return Estimate.Undefined(whyUndefined);
        }
        Interval interval = Bootstrap.Percentile(replicates[output], _samples.IsClustered, _options)
            ?? Interval.None("no interval: every bootstrap resample gave the same figure");
        return (double.IsNaN(interval.Low) ? interval : interval with { Method = interval.Method + remark }).Around(value);
    }
}
