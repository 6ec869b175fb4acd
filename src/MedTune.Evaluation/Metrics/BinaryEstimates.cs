namespace MedTune.Evaluation;

/// <summary>Computes a list of two-class metrics on one sample: the figures first, then closed intervals, then one bootstrap for the rest.</summary>
internal sealed class BinaryEstimates
{
    private readonly WeightedBinarySample _sample;
    private readonly List<(BinaryMetric Metric, double Value)> _open = [];

    public BinaryEstimates(BinarySample rows, IEnumerable<BinaryMetric> metrics, EvaluationOptions options)
    {
        _sample = new WeightedBinarySample(rows, options);
        Resampled = new WeightedBinarySample(rows, options);
        foreach (BinaryMetric metric in metrics)
        {
            if (metric.Needs.HasFlag(MetricNeeds.Folds) && rows.Folds is null)
            {
                continue;
            }
            double value = metric.Value(_sample);
            if (!double.IsFinite(value))
            {
                Found.Add(metric.Name, Estimate.Undefined(metric.WhyUndefined(_sample)));
            }
            else if (metric.ClosedForm(_sample, value) is Interval interval)
            {
                Found.Add(metric.Name, interval.Around(value));
            }
            else
            {
                _open.Add((metric, value));
            }
        }
    }

    /// <summary>What is known so far, by metric name.</summary>
    public Dictionary<string, Estimate> Found { get; } = [];

    /// <summary>How many metrics wait for the bootstrap.</summary>
    public int Open => _open.Count;

    /// <summary>The sample that a resample is drawn into.</summary>
    private WeightedBinarySample Resampled { get; }

    /// <summary>One resample: the figures of the waiting metrics.</summary>
    public void Measure(ReadOnlySpan<int> unitCounts, Span<double> figures)
    {
        Resampled.Draw(unitCounts);
        for (int i = 0; i < _open.Count; i++)
        {
            figures[i] = _open[i].Metric.Value(Resampled);
        }
    }

    /// <summary>Takes the replicates of the waiting metrics, in their order.</summary>
    public void Close(ReadOnlySpan<double[]> replicates)
    {
        for (int i = 0; i < _open.Count; i++)
        {
            (BinaryMetric metric, double value) = _open[i];
            Interval interval = Bootstrap.Percentile(replicates[i], _sample.Rows.IsClustered, _sample.Options) ?? metric.Degenerate(_sample, value);
            Found.Add(metric.Name, interval.Around(value));
        }
        _open.Clear();
    }
}
